import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { PaymentAttempt } from '../../payments/attempt';
import { withNews, type Dispute } from '../../payments/disputes/dispute';
import { findDispute, insertDispute, readSellerOfDisputes, writeDispute } from '../../payments/disputes/store';
import type { GatewayDispute } from '../../payments/gateway';
import { readAttempt } from '../../payments/store';
import { bookDispute } from './book';
import { readReopenable, reopenInvoice } from './reopen-invoice';
import { tellOfDispute } from './tell-of-dispute';

/**
 * Records what the gateway says of a dispute: the one place where it changes, be it told or found when books are compared.
 * Said twice, late or out of order, it counts once. A loss is written off, or makes the invoice owed again where the seller
 * wants that and the whole of it was lost. Throws `not_found`.
 */
export function recordDispute(context: Context, attemptId: string, news: GatewayDispute): Promise<Dispute> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const attempt = found(await readAttempt(transaction, context.accountId, attemptId), 'payment attempt');
    const known = await findDispute(transaction, attempt.gateway, news.reference);
    const now = context.clock.now();
    const before = known ?? newDispute(attempt, news, now);
    const changed = withNews(before, news, now);
    if (known && !changed) return known;

    const seller = await readSellerOfDisputes(transaction, context.accountId);
    let after = changed ?? before;
    const reopenable = after.state === 'lost' && seller.loss === 'reopen' ? await readReopenable(transaction, after) : null;
    if (after.state === 'lost') after = { ...after, loss: reopenable ? 'reopen' : 'write_off' };
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
    if (!known || known.state !== state) await tellOfDispute(transaction, context, after, seller);
    return after;
  });
}

/** A dispute of which nothing is known yet. */
function newDispute({ id: attemptId, accountId, invoiceId, gateway }: PaymentAttempt, news: GatewayDispute, now: Date): Dispute {
  const { reference, reason, amountMinor, currency, respondBy, openedAt } = news;
  return {
    id: newId('dsp'), accountId, attemptId, invoiceId, gateway, reference, state: 'warning', reason, amountMinor, currency, withdrawnMinor: 0n, returnedMinor: 0n, feeMinor: 0n, respondBy, loss: null,
    openedAt, createdAt: now, closedAt: null,
  };
}
