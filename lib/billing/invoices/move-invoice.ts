import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { announce } from '@/lib/webhooks/outbox/announce';
import { returnCredit } from '../credits/pay-with-credit';
import { invoiceGivenUp, invoicePaid, invoiceVoided, type MoneySource } from '../ledger/bookings';
import { post } from '../ledger/post';
import { assertTransition, sellsCredit, settlementOf, type Invoice, type InvoiceStatus } from './invoice';
import * as store from './store';

/** A move of an issued invoice: the state it goes to, the moment of it, the verb of its audit entry, and how it was paid. */
export type InvoiceMove =
  | { action: 'invoice.paid'; status: 'paid'; paidAt: Date; through: MoneySource }
  | { action: 'invoice.settled_by_credit'; status: 'paid'; paidAt: Date }
  | { action: 'invoice.paid_by_won_dispute'; status: 'paid'; paidAt: Date }
  | { action: 'invoice.reopened'; status: 'open'; paidAt: null }
  | { action: 'invoice.voided'; status: 'void'; voidedAt: Date }
  | { action: 'invoice.given_up'; status: 'uncollectible'; uncollectibleAt: Date };

function columnsOf(move: InvoiceMove) {
  switch (move.status) {
    case 'paid':
      return { status: move.status, paidAt: move.paidAt };
    case 'open':
      return { status: move.status, paidAt: move.paidAt };
    case 'void':
      return { status: move.status, voidedAt: move.voidedAt };
    case 'uncollectible':
      return { status: move.status, uncollectibleAt: move.uncollectibleAt };
  }
}

/** Tells the ledger of the move. What a credit note settles, the note books; what a lost dispute reopens and a won one pays, the dispute. */
async function book(transaction: Database, context: Context, invoice: Invoice, move: InvoiceMove): Promise<void> {
  const { id, currency, dueMinor, creditMinor, lines, uncollectibleAt } = invoice;
  const isGivenUp = invoice.status === 'uncollectible';
  if (move.action === 'invoice.paid') await post(transaction, context, invoicePaid({ id, currency, amountMinor: dueMinor, isGivenUp, through: move.through }));
  if (move.action === 'invoice.given_up') await post(transaction, context, invoiceGivenUp({ id, currency, dueMinor, again: uncollectibleAt && move.uncollectibleAt }));
  if (move.action === 'invoice.voided') {
    const returned = await returnCredit(transaction, context, { invoiceId: id, currency, amountMinor: creditMinor });
    await post(transaction, context, invoiceVoided({ ...invoice, isGivenUp, sellsCredit: sellsCredit(lines) }, returned));
  }
}

/** Moves an invoice that the caller has read under the account's lock. Throws `invalid_transition`. */
export async function applyMove(context: Context, invoice: Invoice, move: InvoiceMove): Promise<Invoice> {
  const { action } = move;
  const columns = columnsOf(move);
  return inTransaction(async (transaction) => {
    assertTransition(invoice.status, columns.status);
    await store.updateInvoice(transaction, invoice.id, columns);
    await book(transaction, context, invoice, move);
    await recordAudit(transaction, context, { action, subject: invoice.id, before: { status: invoice.status satisfies InvoiceStatus }, after: columns });
    const moved = { ...invoice, ...columns };
    const settled = { ...moved, ...settlementOf(moved) };
    if (action === 'invoice.paid' || action === 'invoice.paid_by_won_dispute') {
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
