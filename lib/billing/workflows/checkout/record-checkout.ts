import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { PaymentAttempt } from '../../payments/attempt';
import { withEnd, type CheckoutSession } from '../../payments/checkout/checkout';
import { readCheckout, writeCheckout } from '../../payments/checkout/store';
import type { Checkout } from '../../payments/gateway/checkouts';
import type { GatewayMethod } from '../../payments/gateway/methods';
import { withoutSetup } from '../../payments/methods/setup';
import { readSetupOfCheckout, writeSetup } from '../../payments/methods/store';
import { readAttemptOfCheckout } from '../../payments/store';
import { recordResult } from '../collect-payment/record-result';
import { withdrawAttempt } from '../collect-payment/request-payment';
import type { ToldManaged } from '../managed/read-managed';
import { recordManaged } from '../managed/record-managed';
import { recordSetup } from '../store-method/record-setup';
import { storeMethod } from '../store-method/store-method';
import { settleTopUp } from '../top-up/settle-top-up';

/** What was read at the gateway beside the page. */
export interface PaidOnPage {
  /** What was paid with, to be kept for later. */
  method?: GatewayMethod | null;
  /** The subscription that was begun. */
  managed?: ToldManaged | null;
}

/**
 * Records what a gateway says of its page, with the payment made or the method stored on it, in one transaction: the one
 * place where a checkout session ends. Said twice, late or out of order, it counts once. Throws `not_found`.
 */
export function recordCheckout(context: Context, id: string, told: Checkout, { method = null, managed = null }: PaidOnPage = {}): Promise<CheckoutSession> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readCheckout(transaction, context.accountId, id), 'checkout session');
    const session = { ...before, reference: told.reference };
    const outcome = told.state === 'open' ? null : session.mode === 'subscription' ? await subscribed(context, session, told, managed) : await recordContents(transaction, context, session, told);
    if (!outcome) {
      if (before.reference === null) await writeCheckout(transaction, session);
      return session;
    }
    if (method && outcome === 'completed') await storeMethod(transaction, context, session.gateway, method);
    const after = withEnd(session, outcome, context.clock.now());
    if (!after) return session;
    await writeCheckout(transaction, after);
    await recordAudit(transaction, context, { action: `checkout.${after.status}`, subject: id, before: { status: before.status }, after: { status: after.status } });
    return after;
  });
}

/** How a page has ended; null: it is not known yet. */
type Outcome = 'completed' | 'canceled' | null;

/** Records the subscription that was begun on a page, which waits where its first payment takes its time. */
async function subscribed(context: Context, { gateway }: CheckoutSession, { state }: Checkout, managed: ToldManaged | null): Promise<Outcome> {
  if (managed && (await recordManaged(context, gateway, managed))) return 'completed';
  return state === 'expired' || managed?.told.state === 'canceled' ? 'canceled' : null;
}

/** Records what was paid or stored on a page that has ended, or that nothing was. */
async function recordContents(transaction: Database, context: Context, { id, mode }: CheckoutSession, { state, charge, setup }: Checkout): Promise<Outcome> {
  const outcomeOf = (isDone: boolean): Outcome => (state === 'complete' || isDone ? 'completed' : 'canceled');
  if (mode === 'payment') {
    const attempt = await readAttemptOfCheckout(transaction, id);
    if (!attempt) return outcomeOf(false);
    const went = charge?.result.outcome === 'succeeded' || charge?.result.outcome === 'processing';
    if (charge && (went || state === 'complete')) await recordResult(context, attempt.id, charge.result);
    else if (state === 'expired') await withdrawUnpaid(transaction, context, attempt);
    return outcomeOf(went);
  }
  const begun = await readSetupOfCheckout(transaction, id);
  if (!begun) return outcomeOf(false);
  if (setup && (setup.outcome === 'succeeded' || state === 'complete')) await recordSetup(context, begun.id, setup);
  else {
    const after = withoutSetup(begun, context.clock.now());
    if (after) await writeSetup(transaction, after);
  }
  return outcomeOf(setup?.outcome === 'succeeded');
}

/** Takes back what was to be paid on a page that is closed. */
export async function withdrawUnpaid(transaction: Database, context: Context, attempt: PaymentAttempt): Promise<void> {
  if (attempt.finishedAt !== null) return;
  await withdrawAttempt(transaction, context, attempt);
  if (attempt.topUpId !== null) await settleTopUp(transaction, context, { ...attempt, topUpId: attempt.topUpId, status: 'canceled' });
}
