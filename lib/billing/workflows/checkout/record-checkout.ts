import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { PaymentAttempt } from '../../payments/attempt';
import { withEnd, type CheckoutSession } from '../../payments/checkout/checkout';
import { readCheckout, writeCheckout } from '../../payments/checkout/store';
import type { Checkout, GatewayMethod } from '../../payments/gateway';
import { withoutSetup } from '../../payments/methods/setup';
import { readSetupOfCheckout, writeSetup } from '../../payments/methods/store';
import { readAttemptOfCheckout } from '../../payments/store';
import { recordResult } from '../collect-payment/record-result';
import { withdrawAttempt } from '../collect-payment/request-payment';
import { recordSetup } from '../store-method/record-setup';
import { storeMethod } from '../store-method/store-method';
import { settleTopUp } from '../top-up/settle-top-up';

/**
 * Records what a gateway says of its page, with the payment made or the method stored on it, in one transaction: the one
 * place where a checkout session ends. Said twice, late or out of order, it counts once. `method`: what was paid with, to be
 * kept for later. Throws `not_found`.
 */
export function recordCheckout(context: Context, id: string, told: Checkout, method: GatewayMethod | null = null): Promise<CheckoutSession> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readCheckout(transaction, context.accountId, id), 'checkout session');
    const session = { ...before, reference: told.reference };
    if (told.state === 'open') {
      if (before.reference === null) await writeCheckout(transaction, session);
      return session;
    }
    const isPaid = await recordContents(transaction, context, session, told);
    if (method && told.charge?.result.outcome === 'succeeded') await storeMethod(transaction, context, session.gateway, method);
    const after = withEnd(session, told.state === 'complete' || isPaid ? 'completed' : 'canceled', context.clock.now());
    if (!after) return session;
    await writeCheckout(transaction, after);
    await recordAudit(transaction, context, { action: `checkout.${after.status}`, subject: id, before: { status: before.status }, after: { status: after.status } });
    return after;
  });
}

/** Records what was paid or stored on a page that has ended, or that nothing was. Whether something was. */
async function recordContents(transaction: Database, context: Context, { id, mode }: CheckoutSession, { state, charge, setup }: Checkout): Promise<boolean> {
  if (mode === 'payment') {
    const attempt = await readAttemptOfCheckout(transaction, id);
    if (!attempt) return false;
    const went = charge?.result.outcome === 'succeeded' || charge?.result.outcome === 'processing';
    if (charge && (went || state === 'complete')) await recordResult(context, attempt.id, charge.result);
    else if (state === 'expired') await withdrawUnpaid(transaction, context, attempt);
    return went;
  }
  const begun = await readSetupOfCheckout(transaction, id);
  if (!begun) return false;
  if (setup && (setup.outcome === 'succeeded' || state === 'complete')) await recordSetup(context, begun.id, setup);
  else {
    const after = withoutSetup(begun, context.clock.now());
    if (after) await writeSetup(transaction, after);
  }
  return setup?.outcome === 'succeeded';
}

/** Takes back what was to be paid on a page that is closed. */
export async function withdrawUnpaid(transaction: Database, context: Context, attempt: PaymentAttempt): Promise<void> {
  if (attempt.finishedAt !== null) return;
  await withdrawAttempt(transaction, context, attempt);
  if (attempt.topUpId !== null) await settleTopUp(transaction, context, { ...attempt, topUpId: attempt.topUpId, status: 'canceled' });
}
