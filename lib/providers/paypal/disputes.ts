import { z } from 'zod';
import type { DisputeAction, GatewayDispute } from '@/lib/billing/payments/gateway/disputes';
import { fromPayPal } from './amounts';
import type { PayPal } from './client';
import { asking } from './failures';
import { chargeNamed } from './transactions';

const money = z.object({ currency_code: z.string(), value: z.string() }).transform(({ currency_code, value }) => fromPayPal({ currencyCode: currency_code, value }));

/** What we read of a dispute. Source: developer.paypal.com/docs/api/customer-disputes/v1. */
export const disputeShape = z.object({
  dispute_id: z.string(),
  create_time: z.string(),
  reason: z.string().default('OTHER'),
  status: z.string(),
  dispute_amount: money,
  disputed_transactions: z.array(z.object({ seller_transaction_id: z.string().optional() })).default([]),
  dispute_outcome: z.object({ outcome_code: z.string().optional(), amount_refunded: money.optional() }).optional(),
  dispute_life_cycle_stage: z.string().optional(),
  seller_response_due_date: z.string().optional(),
  evidences: z.array(z.object({ notes: z.string().optional() })).default([]),
  links: z.array(z.object({ rel: z.string() })).default([]),
  money_movements: z.array(z.object({ affected_party: z.string().optional(), type: z.string().optional(), reason: z.string().optional(), amount: money })).optional(),
});
export type PayPalDispute = z.output<typeof disputeShape>;

export const disputePath = (reference: string): string => `/v1/customer/disputes/${encodeURIComponent(reference)}`;

/** The dispute as PayPal tells it. */
export async function readPayPalDispute(paypal: PayPal, reference: string): Promise<PayPalDispute> {
  return disputeShape.parse(await asking(() => paypal.request({ method: 'GET', path: disputePath(reference) })));
}

export async function readDispute(paypal: PayPal, reference: string): Promise<GatewayDispute> {
  const dispute = await readPayPalDispute(paypal, reference);
  const captureId = dispute.disputed_transactions[0]?.seller_transaction_id;
  return disputeOf(dispute, captureId ? await chargeNamed(paypal, captureId) : '');
}

const wonOutcomes = ['RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER', 'DENIED', 'RESOLVED_WITH_PAYOUT'];

/** An inquiry is between buyer and seller, and takes no money yet. */
function stateOf({ status, dispute_outcome: outcome, dispute_life_cycle_stage: stage }: PayPalDispute): GatewayDispute['state'] {
  if (status === 'RESOLVED') return wonOutcomes.includes(outcome?.outcome_code ?? '') ? 'won' : 'lost';
  if (stage === 'INQUIRY') return 'warning';
  return status === 'WAITING_FOR_SELLER_RESPONSE' || status === 'OPEN' ? 'needs_response' : 'under_review';
}

/** What is held back or lost where PayPal does not tell what it moved. */
function heldIn(state: GatewayDispute['state'], { dispute_amount: amount, dispute_outcome: outcome }: PayPalDispute): bigint {
  if (state === 'won' || state === 'warning') return 0n;
  return state === 'lost' ? (outcome?.amount_refunded?.amountMinor ?? amount.amountMinor) : amount.amountMinor;
}

/** What PayPal's links offer: what may be done depends on the kind of dispute and on its state. */
const actions: Record<string, DisputeAction> = { provide_evidence: 'answer', appeal: 'answer', accept_claim: 'accept' };

/** The dispute in the port's words. Pure. */
export function disputeOf(dispute: PayPalDispute, charge: string): GatewayDispute {
  const { dispute_id, create_time, reason, dispute_amount: amount, seller_response_due_date: due, money_movements: movements = [] } = dispute;
  const state = stateOf(dispute);
  const ofSeller = movements.filter(({ affected_party, amount: { currency } }) => affected_party === 'SELLER' && currency === amount.currency);
  const sum = (wanted: boolean): bigint =>
    ofSeller.filter(({ reason: why = '' }) => why.includes('FEE') === wanted).reduce((total, { type, amount: { amountMinor } }) => total + (type === 'CREDIT' ? -amountMinor : amountMinor), 0n);
  return {
    reference: dispute_id,
    charge,
    state,
    reason: reason.toLowerCase(),
    ...amount,
    withdrawnMinor: ofSeller.length > 0 ? sum(false) : heldIn(state, dispute),
    feeMinor: sum(true),
    takes: dispute.links.flatMap(({ rel }) => actions[rel] ?? []),
    respondBy: due ? new Date(due) : null,
    openedAt: new Date(create_time),
  };
}
