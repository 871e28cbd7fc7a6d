import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readOpenAttempt } from '../../payments/store';
import type { Quote } from '../quotes/quote';
import { readQuote } from '../quotes/store';
import { dropHold } from './drop-hold';

/**
 * Gives up a change of plan that waits for its payment: its invoice is void and nothing is owed. Said again, it stays given up.
 * Throws `not_found`, `payment_in_progress` while its payment may be going through, and `invalid_transition` for a quote that
 * waits for nothing.
 */
export function giveUpChange(context: Context, quoteId: string): Promise<Quote> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const quote = found(await readQuote(transaction, context.accountId, quoteId), 'quote');
    if (quote.usedAt || !quote.invoiceId) throw new DomainError('invalid_transition', 'This change waits for no payment.');
    if (!quote.heldUntil) return quote;
    if (await isUnderWay(transaction, quote.invoiceId)) throw new DomainError('payment_in_progress');
    await dropHold(transaction, context, quote, 'subscription.change_given_up');
    return found(await readQuote(transaction, context.accountId, quoteId), 'quote');
  });
}

/** Whether the money for the invoice may be on its way, as with a bank debit; not while the customer has still to pay or confirm. */
export async function isUnderWay(transaction: Database, invoiceId: string): Promise<boolean> {
  const open = await readOpenAttempt(transaction, invoiceId);
  return open?.status === 'processing' || (open?.status === 'requested' && open.checkoutSessionId === null);
}
