import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import type { Invoice } from './invoice';
import { moveInvoice } from './move-invoice';

/**
 * Declares an unpaid invoice void: it keeps its number and is no longer owed. Said again, it stays void since the first
 * time. Throws `not_found`, and `invalid_transition`, also when a part of it was credited.
 */
export function voidInvoice(context: Context, { invoiceId }: { invoiceId: string }): Promise<Invoice> {
  return moveInvoice(context, invoiceId, (invoice) => {
    if (invoice.status === 'void') return null;
    if (invoice.creditedMinor > 0n) throw new DomainError('invalid_transition', 'A part of this invoice was credited. Credit the rest instead.');
    return { action: 'invoice.voided', status: 'void', voidedAt: context.clock.now() };
  });
}
