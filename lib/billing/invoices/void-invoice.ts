import type { Context } from '@/lib/core/context';
import type { Invoice } from './invoice';
import { moveInvoice } from './move-invoice';

/**
 * Declares an unpaid invoice void: it keeps its number and is no longer owed. Said again, it stays void since the first
 * time. Throws `not_found`, `invalid_transition`.
 */
export function voidInvoice(context: Context, { invoiceId }: { invoiceId: string }): Promise<Invoice> {
  return moveInvoice(context, invoiceId, (invoice) =>
    invoice.status === 'void' ? null : { action: 'invoice.voided', status: 'void', voidedAt: context.clock.now() },
  );
}
