import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { assertTransition, type Invoice } from './invoice';
import * as store from './store';

/** Moves the invoice by the transition table, in one transaction with its audit entry. */
function move(
  context: Context,
  invoiceId: string,
  change: (invoice: Invoice) => (Parameters<typeof store.updateInvoice>[2] & { action: string }) | null,
): Promise<Invoice> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const invoice = found(await store.readInvoice(transaction, context.accountId, invoiceId), 'invoice');
    const decided = change(invoice);
    if (!decided) return invoice;
    const { action, ...columns } = decided;
    assertTransition(invoice.status, columns.status);
    await store.updateInvoice(transaction, invoiceId, columns);
    await recordAudit(transaction, context, { action, subject: invoiceId, before: { status: invoice.status }, after: columns });
    return { ...invoice, ...columns };
  });
}

/**
 * Marks an invoice paid out of band, at a moment between its issue and now. Said twice with the same moment, it is one
 * payment. Throws `not_found`, `invalid_transition`, and `invalid_request` for an impossible moment.
 */
export function recordPayment(context: Context, { invoiceId, paidAt }: { invoiceId: string; paidAt: Date }): Promise<Invoice> {
  return move(context, invoiceId, (invoice) => {
    if (invoice.status === 'paid' && invoice.paidAt?.getTime() === paidAt.getTime()) return null;
    if (paidAt > context.clock.now() || (invoice.issuedAt && paidAt < invoice.issuedAt)) {
      throw new DomainError('invalid_request', undefined, {
        issues: [{ field: 'paidAt', message: 'Use a moment between the issue of the invoice and now.' }],
      });
    }
    return { action: 'invoice.paid', status: 'paid', paidAt };
  });
}

/** Declares an unpaid invoice void: it keeps its number and is no longer owed. Throws `not_found`, `invalid_transition`. */
export function voidInvoice(context: Context, { invoiceId }: { invoiceId: string }): Promise<Invoice> {
  return move(context, invoiceId, (invoice) => (invoice.status === 'void' ? null : { action: 'invoice.voided', status: 'void', voidedAt: context.clock.now() }));
}
