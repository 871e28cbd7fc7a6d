import type Stripe from 'stripe';
import type { NewRefund, RefundResult } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { fromStripe, idOf, toStripe } from './amounts';
import { asking, isFaultOf } from './failures';
import { writeOnce } from './write-once';

/**
 * Gives money back. Refunds are few and a second one costs money, so one that an earlier request made is looked for
 * first: Stripe forgets keys after a day.
 */
export async function refund(stripe: Stripe, asked: NewRefund): Promise<RefundResult> {
  const { idempotencyKey, charge, amountMinor, currency, accountId } = asked;
  const { amount } = toStripe(amountMinor, currency);
  const of = /^(ch|py)_/.test(charge) ? { charge } : { payment_intent: charge };
  const find = () => findRefund(stripe, of, idempotencyKey);
  const send = (options: Stripe.RequestOptions) => stripe.refunds.create({ ...of, amount, metadata: { account: accountId, refund: idempotencyKey } }, options).catch(explain);
  const result = refundOf((await asking(find)) ?? (await writeOnce({ key: idempotencyKey, operation: 'refund', find, send })));
  if (result.amountMinor !== amountMinor) throw new GatewayRefusal('The key was used for another amount.', 'refused');
  return result;
}

function explain(error: unknown): never {
  throw isFaultOf(error, 'amount') ? new GatewayRefusal('More than is left of the charge.', 'already_refunded') : error;
}

async function findRefund(stripe: Stripe, of: { charge: string } | { payment_intent: string }, refundId: string): Promise<Stripe.Refund | null> {
  for await (const made of stripe.refunds.list({ ...of, limit: 100 })) if (made.metadata?.refund === refundId) return made;
  return null;
}

export async function readRefund(stripe: Stripe, reference: string): Promise<RefundResult> {
  return refundOf(await asking(() => stripe.refunds.retrieve(reference)));
}

/** The refund in the port's words. Pure. */
export function refundOf(made: Stripe.Refund): RefundResult {
  return {
    reference: made.id,
    refundId: made.metadata?.refund ?? null,
    charge: idOf(made.payment_intent) ?? idOf(made.charge) ?? '',
    outcome: outcomes[made.status ?? ''] ?? 'pending',
    ...fromStripe(made),
  };
}

// `requires_action`: the customer has yet to say where the money goes.
const outcomes: Record<string, RefundResult['outcome']> = { pending: 'pending', requires_action: 'pending', succeeded: 'succeeded', failed: 'failed', canceled: 'canceled' };
