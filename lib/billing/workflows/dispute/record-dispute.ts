import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { PaymentAttempt } from '../../payments/attempt';
import { withNews, type Dispute, type DisputeLoss } from '../../payments/disputes/dispute';
import { findDispute, insertDispute, readSellerOfDisputes, writeDispute } from '../../payments/disputes/store';
import type { GatewayDispute } from '../../payments/gateway/disputes';
import { readAttempt } from '../../payments/store';
import { bookDispute } from './book';
import { readReopenable, reopenInvoice, settleReopened } from './reopen-invoice';
import { tellOfDispute } from './tell-of-dispute';

/** What a gateway said of a dispute, and when it was asked. */
export interface ToldDispute {
  news: GatewayDispute;
  /** Real time, before the question. */
  askedAt: Date;
}

/**
 * Records what the gateway says of a dispute, asked at a moment of real time: the one place where it changes, be it told,
 * answered to us or found when books are compared. Said twice, late or out of order, it counts once. A loss is written off,
 * or makes the invoice owed again where the seller wants that and the whole of it was lost; won after all, it is undone.
 * Throws `not_found`.
 */
export function recordDispute(context: Context, attemptId: string, { news, askedAt }: ToldDispute): Promise<Dispute> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const attempt = found(await readAttempt(transaction, context.accountId, attemptId), 'payment attempt');
    const known = await findDispute(transaction, attempt.gateway, news.reference);
    const now = context.clock.now();
    const before = known ?? newDispute(attempt, news, now);
    const changed = withNews(before, news, { askedAt, now });
    if (known && changed?.revision === known.revision) await writeDispute(transaction, changed);
    if (known && (changed?.revision ?? known.revision) === known.revision) return known;

    const seller = await readSellerOfDisputes(transaction, context.accountId);
    const told = changed ?? before;
    const reopenable = told.state === 'lost' && !told.loss && seller.loss === 'reopen' ? await readReopenable(transaction, told) : null;
    const after: Dispute = { ...told, loss: lossOf(told, reopenable !== null) };
    await (known ? writeDispute : insertDispute)(transaction, after);
    const { id, state, withdrawnMinor, feeMinor, loss } = after;
    await recordAudit(transaction, context, {
      action: known ? 'dispute.changed' : 'dispute.opened',
      subject: id,
      ...(known && { before: { state: known.state, withdrawnMinor: known.withdrawnMinor, feeMinor: known.feeMinor } }),
      after: { attempt: attemptId, invoice: after.invoiceId, reason: after.reason, state, withdrawnMinor, feeMinor, loss },
    });
    await bookDispute(transaction, context, before, after);
    if (reopenable) await reopenInvoice(transaction, context, after, reopenable);
    if (before.loss === 'reopen' && state === 'won') await settleReopened(transaction, context, after, before.withdrawnMinor - withdrawnMinor);
    if (!known || known.state !== state) await tellOfDispute(transaction, context, after, seller);
    return after;
  });
}

/** What becomes of the loss: decided when it is first lost, kept while an appeal is under way, undone when it is won. */
function lossOf({ state, loss }: Dispute, isReopenable: boolean): DisputeLoss | null {
  if (state === 'won') return null;
  return state === 'lost' ? (loss ?? (isReopenable ? 'reopen' : 'write_off')) : loss;
}

/** A dispute of which nothing is known yet. */
function newDispute({ id: attemptId, accountId, invoiceId, gateway }: PaymentAttempt, news: GatewayDispute, now: Date): Dispute {
  const { reference, reason, amountMinor, currency, respondBy, openedAt } = news;
  return {
    id: newId('dsp'), accountId, attemptId, invoiceId, gateway, reference, state: 'warning', reason, amountMinor, currency, withdrawnMinor: 0n, returnedMinor: 0n, feeMinor: 0n, respondBy, takes: [], loss: null,
    openedAt, createdAt: now, closedAt: null, toldAt: null, revision: 0,
  };
}
