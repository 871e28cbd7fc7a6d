import fc from 'fast-check';
import { expireDueCredit } from '@/lib/billing/credits/expire-credit';
import { giveCredit } from '@/lib/billing/credits/give-credit';
import { revokeGrant } from '@/lib/billing/credits/revoke-grant';
import { issueCreditNote } from '@/lib/billing/invoices/credit-notes/issue-credit-note';
import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { markUncollectible } from '@/lib/billing/invoices/mark-uncollectible';
import { recordPayment } from '@/lib/billing/invoices/record-payment';
import { voidInvoice } from '@/lib/billing/invoices/void-invoice';
import { isLive } from '@/lib/billing/payments/refunds/refund';
import { recordForeignRefund } from '@/lib/billing/workflows/refund/record-refund';
import { recordResult } from '@/lib/billing/workflows/collect-payment/record-result';
import { requestAttempt, type Collected } from '@/lib/billing/workflows/collect-payment/request-payment';
import { createTopUp } from '@/lib/billing/workflows/top-up/create-top-up';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { createCustomer, draftOf } from './invoicing';
import { addTestMethod } from './scripted-gateway';

type Customer = Awaited<ReturnType<typeof createCustomer>>;

/** A customer who can be charged and bears tax. */
export async function customerWithBooks(): Promise<Customer> {
  const customer = await createCustomer();
  await database().taxRate.create({ data: { id: newId('tax'), sellerId: customer.sellerId, country: 'US', name: 'VAT', percentage: '19' } });
  await addTestMethod(customer.context);
  return customer;
}

/** What can happen to an account; `pick` chooses which of its invoices or grants. */
export type Event =
  | { what: 'issue' | 'give' | 'top_up'; minor: bigint }
  | { what: 'credit'; minor: bigint; pick: number }
  | { what: 'refund_there'; minor: bigint; pick: number }
  | { what: 'pay' | 'charge' | 'void' | 'give_up' | 'revoke'; pick: number }
  | { what: 'wait'; days: number };

const minor = fc.bigInt({ min: 1n, max: 3_000n });
const pick = fc.nat(20);
/** Of an account without prepaid credit. */
export const eventsWithoutCredit = [
  fc.record({ what: fc.constant('issue' as const), minor }),
  fc.record({ what: fc.constant('credit' as const), minor, pick }),
  fc.record({ what: fc.constantFrom('pay' as const, 'charge' as const, 'void' as const, 'give_up' as const), pick }),
  fc.record({ what: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
];
export const events = [
  ...eventsWithoutCredit,
  fc.record({ what: fc.constantFrom('give' as const, 'top_up' as const), minor: fc.bigInt({ min: 500n, max: 3_000n }) }),
  fc.record({ what: fc.constant('refund_there' as const), minor, pick }),
  fc.record({ what: fc.constant('revoke' as const), pick }),
];

/** A charge at the gateway that goes through, whether anything is owed or not. */
async function charge({ context, accountId }: Customer, collected: Collected): Promise<void> {
  const { id: paymentMethodId } = await database().paymentMethod.findFirstOrThrow({ where: { accountId } });
  const { id } = await inTransaction((transaction) => requestAttempt(transaction, context, collected, { gateway: 'scripted', paymentMethodId }));
  await recordResult(context, id, { outcome: 'succeeded', reference: id });
}

async function topUp(customer: Customer, amountMinor: bigint): Promise<void> {
  const { id: topUpId, currency } = await inTransaction((transaction) => createTopUp(transaction, customer.context, { amountMinor }));
  await charge(customer, { topUpId, amountMinor, currency });
}

/** Somebody gives a part of a payment back at the gateway itself, whether its credit is spent or not. */
async function refundThere({ context, accountId }: Customer, { minor, pick }: { minor: bigint; pick: number }): Promise<void> {
  const attempts = await database().paymentAttempt.findMany({ where: { accountId, status: 'succeeded' }, orderBy: { requestedAt: 'asc' }, include: { refunds: true } });
  const attempt = attempts[pick % Math.max(attempts.length, 1)];
  if (!attempt) return;
  const left = attempt.refunds.filter(isLive).reduce((sum, { amountMinor }) => sum - amountMinor, attempt.amountMinor);
  const amountMinor = minor < left ? minor : left;
  if (amountMinor <= 0n) return;
  await recordForeignRefund(context, attempt.id, { reference: newId('rfd'), refundId: null, charge: attempt.reference ?? '', outcome: 'succeeded', amountMinor, currency: attempt.currency });
}

async function happen(customer: Customer, event: Event): Promise<void> {
  const { context, accountId, clock } = customer;
  const one = async <Row>(rows: Row[]): Promise<Row | null> => ('pick' in event && rows.length > 0 ? (rows[event.pick % rows.length] ?? null) : null);
  const invoice = await one(await database().invoice.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } }));
  const grant = await one(await database().creditGrant.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } }));
  switch (event.what) {
    case 'issue':
      return void (await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, event.minor))));
    case 'give':
      return void (await giveCredit(context, { amountMinor: event.minor, note: '', expiresAt: new Date(clock.now().getTime() + 15 * 86_400_000) }));
    case 'top_up':
      return topUp(customer, event.minor);
    case 'wait':
      clock.set(new Date(clock.now().getTime() + event.days * 86_400_000));
      return void (await expireDueCredit(clock));
    case 'refund_there':
      return refundThere(customer, event);
    case 'revoke':
      return void (grant && (await revokeGrant(context, grant.id, 'Demo')));
  }
  if (!invoice) return;
  const invoiceId = invoice.id;
  if (event.what === 'credit') return void (await issueCreditNote(context, { invoiceId, reason: 'Demo', wanted: { scope: 'amount', amountMinor: event.minor } }));
  if (event.what === 'pay') return void (await recordPayment(context, { invoiceId, paidAt: clock.now() }));
  if (event.what === 'void') return void (await voidInvoice(context, { invoiceId }));
  if (event.what === 'give_up') return void (await markUncollectible(context, { invoiceId }));
  // What credit paid whole is never charged.
  if (invoice.totalMinor === 0n) return;
  await charge(customer, { invoiceId, invoice: invoice.number, amountMinor: invoice.totalMinor, currency: invoice.currency });
}

/** Lets things happen in that order; what a state does not allow does not happen. */
export async function live(customer: Customer, events: readonly Event[]): Promise<void> {
  for (const event of events) {
    await happen(customer, event).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  }
}
