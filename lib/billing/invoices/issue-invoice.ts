import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { billingPeriod } from '../time/period';
import { assertTransition, settlementOf, type Invoice, type InvoiceDraft } from './invoice';
import * as store from './store';
import { decideTax, type Tax } from './tax';
import { totalsOf } from './totals';

/** The tax that an invoice to the account would bear now. Throws `not_found`. */
export async function taxOf(db: Database, accountId: string): Promise<Tax> {
  const { seller, customer, rates } = found(await store.readParties(db, accountId), 'account');
  return decideTax(seller, { ...customer.address, taxId: customer.taxId }, rates);
}

/**
 * Issues an invoice in the transaction of the sale: adds tax by the place of the account, copies the details of seller
 * and customer, and takes the seller's next number. A total of zero is paid at once, any other is open until the
 * seller's payment term has passed.
 * Lock the account first and call this once a transaction, late in it: the seller's numbers wait for the commit, which
 * is what leaves no gap when a transaction is undone.
 * Throws `not_found` and `invoice_total_negative`.
 */
export async function issueInvoice(transaction: Database, context: Context, draft: InvoiceDraft): Promise<Invoice> {
  const parties = found(await store.readParties(transaction, draft.accountId), 'account');
  const tax = decideTax(parties.seller, { ...parties.customer.address, taxId: parties.customer.taxId }, parties.rates);
  const { lines, ...totals } = totalsOf(draft.lines, tax, draft.currency);

  const issuedAt = context.clock.now();
  const term = billingPeriod(issuedAt, parties.customer.timeZone, { interval: 'day', intervalCount: parties.paymentTermDays }, 0);
  const status: 'paid' | 'open' = totals.totalMinor === 0n ? 'paid' : 'open';
  assertTransition('draft', status);

  const draftInvoice = await store.insertDraft(transaction, { draft, lines, totals, tax, parties, issuedAt, dueAt: term.end });
  const { id } = draftInvoice;
  const paidAt = status === 'paid' ? issuedAt : null;
  const number = await store.numberInvoice(transaction, { id, sellerId: parties.sellerId, status, paidAt });
  await recordAudit(transaction, context, {
    action: 'invoice.issued',
    subject: id,
    after: { number, status, currency: draft.currency, totalMinor: totals.totalMinor, reason: draft.reason },
  });
  const issued = { ...draftInvoice, number, status, paidAt };
  return { ...issued, ...settlementOf(issued) };
}
