import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { spendableGrants } from '../credits/expire-credit';
import { available, partsByOrigin, spend } from '../credits/grant';
import { takeCredit } from '../credits/pay-with-credit';
import { invoiceIssued } from '../ledger/bookings';
import { post } from '../ledger/post';
import { billingPeriod } from '../time/period';
import { assertTransition, sellsCredit, settlementOf, type Invoice, type InvoiceDraft } from './invoice';
import * as store from './store';
import { tellOfInvoice } from './tell-of-invoice';
import { decideTax } from './tax';
import { totalsOf } from './totals';

/**
 * Issues an invoice in the transaction of the sale: adds tax by the place of the account, pays with its credit what that
 * reaches for, copies the details of seller and customer, and takes the seller's next number. A total of zero is paid at
 * once, any other is open until the seller's payment term has passed. It is sent to the addresses that the customer named,
 * but for one that its caller sends once it is paid.
 * Lock the account first and call this once a transaction, late in it: the seller's numbers wait for the commit, which
 * is what leaves no gap when a transaction is undone.
 * Throws `not_found` and `invoice_total_negative`.
 */
export async function issueInvoice(transaction: Database, context: Context, draft: InvoiceDraft): Promise<Invoice> {
  const parties = found(await store.readParties(transaction, draft.accountId), 'account');
  const decided = decideTax(parties.seller, { ...parties.customer.address, taxId: parties.customer.taxId }, parties.rates);
  const tax = draft.isPaid ? { ...decided, inclusive: true } : decided;
  const issuedAt = context.clock.now();
  const grants = draft.isPaid ? [] : await spendableGrants(transaction, context, draft.currency);
  const { lines, ...totals } = totalsOf(draft.lines, tax, draft.currency, available(grants, issuedAt));
  const paidBy = spend(grants, totals.creditMinor, issuedAt);

  const term = billingPeriod(issuedAt, parties.customer.timeZone, { interval: 'day', intervalCount: parties.paymentTermDays }, 0);
  const status: 'paid' | 'open' = totals.totalMinor === 0n ? 'paid' : 'open';
  assertTransition('draft', status);

  const draftInvoice = await store.insertDraft(transaction, { draft, lines, totals, tax, parties, issuedAt, dueAt: term.end });
  const { id } = draftInvoice;
  await takeCredit(transaction, context, { invoiceId: id, currency: draft.currency, parts: paidBy });
  await post(transaction, context, invoiceIssued({ id, currency: draft.currency, ...totals, sellsCredit: sellsCredit(draft.lines) }, partsByOrigin(paidBy)));
  const paidAt = status === 'paid' ? issuedAt : null;
  const number = await store.numberInvoice(transaction, { id, sellerId: parties.sellerId, status, paidAt });
  await recordAudit(transaction, context, {
    action: 'invoice.issued',
    subject: id,
    after: { number, status, currency: draft.currency, totalMinor: totals.totalMinor, creditMinor: totals.creditMinor, reason: draft.reason },
  });
  const issued = { ...draftInvoice, number, status, paidAt };
  const invoice = { ...issued, ...settlementOf(issued) };
  if (!draft.sentOncePaid && !draft.isPaid) await tellOfInvoice(transaction, context, invoice);
  return invoice;
}
