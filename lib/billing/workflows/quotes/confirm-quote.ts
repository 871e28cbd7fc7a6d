import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readCreditNote } from '../../invoices/credit-notes/store';
import { readInvoice } from '../../invoices/store';
import { readRevision, readSubscription } from '../../subscriptions/store';
import { confirmCancellation } from '../cancel-now/cancel-now';
import { confirmQuantity } from '../change-items/change-items';
import { confirmPlanChange } from '../change-plan/confirm';
import { confirmVersionMove } from '../move-version/move-version';
import { confirmResumption } from '../pause/pause';
import { confirmCoupon } from '../redeem-coupon';
import { confirmCouponRemoval } from '../remove-coupon';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import type { Confirmed, Quote, QuoteKind } from './quote';
import { markUsed, readQuote } from './store';

/** Carries out what the quote is for, or throws `preview_outdated` when it would not be what the quote keeps. */
type Confirm = (context: Context, quote: Quote) => Promise<Confirmed>;

const confirmations: Record<QuoteKind, Confirm> = {
  plan_change: confirmPlanChange,
  cancellation: confirmCancellation,
  version_move: confirmVersionMove,
  quantity_change: confirmQuantity,
  coupon: confirmCoupon,
  coupon_removal: confirmCouponRemoval,
  resumption: confirmResumption,
};

/** What a quote made when it was confirmed before. */
async function earlierOutcome(transaction: Database, quote: Quote): Promise<Confirmed> {
  const { accountId } = quote;
  const notes = [];
  for (const id of quote.creditNoteIds) notes.push(found(await readCreditNote(transaction, accountId, id), 'credit note'));
  return {
    subscription: await readSubscription(transaction, accountId, quote.subscriptionId),
    invoice: quote.invoiceId === null ? null : await readInvoice(transaction, accountId, quote.invoiceId),
    creditNotes: notes,
    awaitsPaymentUntil: quote.usedAt ? null : quote.heldUntil,
  };
}

async function carryOut(context: Context, quote: Quote): Promise<Confirmed> {
  try {
    return await confirmations[quote.kind](context, quote);
  } catch (error) {
    // The plan is no longer offered, the state no longer allows it: in each case what was shown no longer holds.
    if (error instanceof DomainError && error.status < 500) throw new DomainError('preview_outdated');
    throw error;
  }
}

/**
 * Does what a preview showed and charges exactly what it showed. Confirmed again, it answers the same invoice and credit
 * notes and charges nothing. A plan that has to be paid first is had when the invoice of the answer is paid. Throws `not_found`,
 * also for another account's quote, and `preview_outdated` when it is older than 15 minutes, the subscription has changed since,
 * or the amount would be another.
 */
export function confirmQuote(context: Context, quoteId: string): Promise<Confirmed> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const quote = found(await readQuote(transaction, context.accountId, quoteId), 'quote');
    if (quote.usedAt ?? quote.heldUntil) return earlierOutcome(transaction, quote);
    if (quote.invoiceId !== null) throw new DomainError('preview_outdated'); // Its payment did not come in time.
    const now = context.clock.now();
    if (now < quote.moment || now >= quote.expiresAt) throw new DomainError('preview_outdated');
    await renewUntilCurrent(context);
    if ((await readRevision(transaction, quote.subscriptionId)) !== quote.revision) throw new DomainError('preview_outdated');
    const outcome = await carryOut(context, quote);
    if (outcome.awaitsPaymentUntil) return outcome;
    await markUsed(transaction, quote.id, { usedAt: now, invoiceId: outcome.invoice?.id ?? null, creditNoteIds: outcome.creditNotes.map(({ id }) => id) });
    return outcome;
  });
}
