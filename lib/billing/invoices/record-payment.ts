import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import type { Invoice } from './invoice';
import { moveInvoice } from './move-invoice';

/**
 * Marks an invoice paid out of band, at a moment between its issue and now. Said twice with the same moment, it is one
 * payment. Throws `not_found`, `invalid_transition`, and `invalid_request` for an impossible moment.
 */
export function recordPayment(context: Context, { invoiceId, paidAt }: { invoiceId: string; paidAt: Date }): Promise<Invoice> {
  return moveInvoice(context, invoiceId, (invoice) => {
    if (invoice.status === 'paid' && invoice.paidAt?.getTime() === paidAt.getTime()) return null;
    if (paidAt > context.clock.now() || (invoice.issuedAt && paidAt < invoice.issuedAt)) {
      throw new DomainError('invalid_request', undefined, {
        issues: [{ field: 'paidAt', message: 'Use a moment between the issue of the invoice and now.' }],
      });
    }
    return { action: 'invoice.paid', status: 'paid', paidAt, through: 'other' };
  });
}
