import type { Context } from '@/lib/core/context';
import type { Invoice } from './invoice';
import { moveInvoice } from './move-invoice';

/**
 * Gives an open invoice up: it is still owed and may still be paid, but nobody waits for it. Said again, it stays given
 * up since the first time. Throws `not_found`, `invalid_transition`.
 */
export function markUncollectible(context: Context, { invoiceId }: { invoiceId: string }): Promise<Invoice> {
  return moveInvoice(context, invoiceId, (invoice) =>
    invoice.status === 'uncollectible' ? null : { action: 'invoice.given_up', status: 'uncollectible', uncollectibleAt: context.clock.now() },
  );
}
