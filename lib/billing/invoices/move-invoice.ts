import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { announce } from '@/lib/webhooks/outbox/announce';
import { assertTransition, settlementOf, type Invoice, type InvoiceStatus } from './invoice';
import * as store from './store';

/** A move of an issued invoice: the state it goes to, the moment of it, and the verb of its audit entry. */
export type InvoiceMove =
  | { action: 'invoice.paid' | 'invoice.settled_by_credit'; status: 'paid'; paidAt: Date }
  | { action: 'invoice.reopened'; status: 'open'; paidAt: null }
  | { action: 'invoice.voided'; status: 'void'; voidedAt: Date }
  | { action: 'invoice.given_up'; status: 'uncollectible'; uncollectibleAt: Date };

/** Moves an invoice that the caller has read under the account's lock. Throws `invalid_transition`. */
export async function applyMove(context: Context, invoice: Invoice, { action, ...columns }: InvoiceMove): Promise<Invoice> {
  return inTransaction(async (transaction) => {
    assertTransition(invoice.status, columns.status);
    await store.updateInvoice(transaction, invoice.id, columns);
    await recordAudit(transaction, context, { action, subject: invoice.id, before: { status: invoice.status satisfies InvoiceStatus }, after: columns });
    const moved = { ...invoice, ...columns };
    const settled = { ...moved, ...settlementOf(moved) };
    if (action === 'invoice.paid') {
      const { id, number, subscriptionId, currency, paidMinor, paidAt } = settled;
      await announce(transaction, context, { event: 'invoice.paid', data: { invoice: id, number, subscription: subscriptionId, currency, paidMinor, paidAt } });
    }
    return settled;
  });
}

/**
 * The one way by which an issued invoice changes its state: by the transition table, under the account's lock, in one
 * transaction with its audit entry. `decide` looks at the invoice and says the move; null leaves it as it is.
 * Throws `not_found` and `invalid_transition`.
 */
export function moveInvoice(context: Context, invoiceId: string, decide: (invoice: Invoice) => InvoiceMove | null): Promise<Invoice> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const invoice = found(await store.readInvoice(transaction, context.accountId, invoiceId), 'invoice');
    const move = decide(invoice);
    return move ? applyMove(context, invoice, move) : invoice;
  });
}
