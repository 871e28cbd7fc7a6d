import type Stripe from 'stripe';
import type { GatewayMovement } from '@/lib/billing/payments/gateway/gateway';
import { fromStripe, idOf, momentOf } from './amounts';
import { asking } from './failures';

const day = 86_400;

/**
 * Stripe's balance transactions in the window, oldest first. Stripe lists the newest first, so they are asked for by the
 * day, and one day is held at a time.
 */
export async function* listMovements(stripe: Stripe, { from, to }: { from: Date; to: Date }): AsyncIterable<GatewayMovement> {
  const end = Math.ceil(to.getTime() / 1000);
  for (let start = Math.ceil(from.getTime() / 1000); start < end; start += day) {
    const created = { gte: start, lt: Math.min(start + day, end) };
    const found = await asking(async () => {
      const transactions: Stripe.BalanceTransaction[] = [];
      for await (const transaction of stripe.balanceTransactions.list({ created, limit: 100, expand: ['data.source'] })) transactions.push(transaction);
      return transactions;
    });
    yield* found.reverse().map(movementOf);
  }
}

/** By Stripe's reporting categories, which are finer than its types. Source: docs.stripe.com/reports/reporting-categories. */
const kinds: Record<string, GatewayMovement['kind']> = {
  charge: 'payment',
  // A bank debit that failed after it was booked, and an amount that was never captured: the payment is undone.
  charge_failure: 'payment',
  partial_capture_reversal: 'payment',
  refund: 'refund',
  refund_failure: 'refund_failure',
  dispute: 'dispute',
  dispute_reversal: 'dispute_reversal',
  fee: 'fee',
  network_cost: 'fee',
  tax: 'fee',
  payout: 'payout',
  payout_reversal: 'payout',
};

/**
 * The movement in the port's words, of a transaction whose source is expanded. Where the account settles in another
 * currency than the charge's, the amount is the charge's, so that it compares with our books; the fee stays in the other. Pure.
 */
export function movementOf(transaction: Stripe.BalanceTransaction): GatewayMovement {
  const { id, amount, fee, currency, source, reporting_category: category, created } = transaction;
  const whole = typeof source === 'object' && source !== null ? source : null;
  const charge = whole && 'payment_intent' in whole ? idOf(whole.payment_intent) : null;
  const kind = kinds[category] ?? 'other';
  const foreign = whole && 'currency' in whole && 'amount' in whole && whole.currency !== currency ? whole : null;
  return {
    reference: id,
    kind,
    source: (kind === 'payment' ? charge : null) ?? idOf(source) ?? id,
    ...fromStripe(foreign ? { amount: Math.sign(amount) * foreign.amount, currency: foreign.currency } : { amount, currency }),
    feeMinor: fromStripe({ amount: fee, currency }).amountMinor,
    ...(foreign && { feeCurrency: currency.toUpperCase() }),
    occurredAt: momentOf(created),
    charge,
  };
}
