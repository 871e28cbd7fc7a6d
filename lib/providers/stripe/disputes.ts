import type Stripe from 'stripe';
import type { DisputeAction, GatewayDispute } from '@/lib/billing/payments/gateway/disputes';
import { fromStripe, idOf, momentOf } from './amounts';
import { asking } from './failures';

export async function readDispute(stripe: Stripe, reference: string): Promise<GatewayDispute> {
  return disputeOf(await asking(() => stripe.disputes.retrieve(reference)));
}

const states: Partial<Record<Stripe.Dispute.Status, GatewayDispute['state']>> = {
  needs_response: 'needs_response',
  appeal_needs_response: 'needs_response',
  under_review: 'under_review',
  appeal_under_review: 'under_review',
  won: 'won',
  lost: 'lost',
  warning_needs_response: 'warning',
  warning_under_review: 'warning',
  // A question of the bank's that ended, and a dispute that never came to be: nothing was taken.
  warning_closed: 'won',
  prevented: 'won',
};

/** An inquiry is answered, or ends by a refund; only a dispute can be given in to. Source: docs.stripe.com/api/disputes/close. */
function takenBy({ status, evidence_details: { past_due: isLate } }: Stripe.Dispute): DisputeAction[] {
  if (status === 'needs_response') return isLate ? ['accept'] : ['answer', 'accept'];
  return (status === 'warning_needs_response' || status === 'appeal_needs_response') && !isLate ? ['answer'] : [];
}

/**
 * The dispute in the port's words. Where the account settles in another currency than the charge's, Stripe tells what was
 * withdrawn in that one: the dispute's own amount stands for it, and the fee is found among the movements. Pure.
 */
export function disputeOf(dispute: Stripe.Dispute): GatewayDispute {
  const movements = dispute.balance_transactions;
  const isOwnCurrency = movements.every(({ currency }) => currency === dispute.currency);
  const taken = -movements.reduce((sum, { amount }) => sum + amount, 0);
  const fee = movements.reduce((sum, movement) => sum + movement.fee, 0);
  const inMinor = (amount: number): bigint => fromStripe({ amount, currency: dispute.currency }).amountMinor;
  return {
    reference: dispute.id,
    charge: idOf(dispute.payment_intent) ?? idOf(dispute.charge),
    state: states[dispute.status] ?? 'under_review',
    reason: dispute.reason,
    ...fromStripe(dispute),
    withdrawnMinor: inMinor(isOwnCurrency ? taken : taken > 0 ? dispute.amount : 0),
    feeMinor: inMinor(isOwnCurrency ? fee : 0),
    takes: takenBy(dispute),
    respondBy: dispute.evidence_details.due_by === null ? null : momentOf(dispute.evidence_details.due_by),
    openedAt: momentOf(dispute.created),
  };
}
