import type Stripe from 'stripe';
import { spokenAmount } from '../amounts';
import { invalidRequest } from '../errors';
import { newId } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { book } from './balance-transaction';
import { charge } from './charge';
import { instrumentOf } from './payment-method';

export const refund = kind<Stripe.Refund>({
  object: 'refund',
  prefix: 're',
  otherPrefixes: ['pyr'],
  expandable: { charge: 'charge', payment_intent: 'payment_intent', balance_transaction: 'balance_transaction', failure_balance_transaction: 'balance_transaction', customer: 'customer', payment_method: 'payment_method' },
});

export interface RefundOptions {
  /** Minor units; everything that is left unless told. */
  amount?: number;
  reason?: string;
  metadata: Record<string, string>;
}

function assertRefundable(one: Stripe.Charge, amount: number): void {
  if (one.status !== 'succeeded') throw invalidRequest(`Charge ${one.id} is ${one.status}; it cannot be refunded.`, { code: 'charge_not_refundable', param: 'charge' });
  if (one.refunded) throw invalidRequest(`Charge ${one.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  const left = (one.captured ? one.amount_captured : one.amount) - one.amount_refunded;
  if (amount > left) {
    throw invalidRequest(`Refund amount (${spokenAmount(amount, one.currency)}) is greater than unrefunded amount on charge (${spokenAmount(left, one.currency)})`, { param: 'amount' });
  }
}

function assertUndisputed(sandbox: Sandbox, one: Stripe.Charge): void {
  const open = sandbox.tables.of<Stripe.Dispute>('dispute').where((dispute) => dispute.charge === one.id && !dispute.is_charge_refundable && dispute.status !== 'won');
  if (open.length > 0) throw invalidRequest(`Charge ${one.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
}

/** Moves what the charge counts as given back; negative takes it back. */
function count(sandbox: Sandbox, one: Stripe.Charge, amount: number): void {
  const before = structuredClone(one);
  one.amount_refunded += amount;
  one.refunded = one.amount_refunded >= (one.captured ? one.amount_captured : one.amount);
  sandbox.emit(amount > 0 ? 'charge.refunded' : 'charge.updated', one, before);
}

function bookRefund(sandbox: Sandbox, one: Stripe.Refund, type: 'refund' | 'refund_failure'): string {
  const sign = type === 'refund' ? -1 : 1;
  return book(sandbox, { type, reportingCategory: type, amount: sign * one.amount, fee: 0, currency: one.currency, source: one.id, description: type === 'refund' ? 'REFUND FOR CHARGE' : 'REFUND FAILURE', availableNow: true }).id;
}

/** Gives a charge back, in part or whole, as its card lets it: at once, later, or not after all. */
export function createRefund(sandbox: Sandbox, one: Stripe.Charge, { amount, reason, metadata }: RefundOptions): Stripe.Refund {
  const left = (one.captured ? one.amount_captured : one.amount) - one.amount_refunded;
  assertRefundable(one, amount ?? Math.max(left, 1));
  assertUndisputed(sandbox, one);
  const { card } = instrumentOf(sandbox, String(one.payment_method));
  const isPending = card?.refund === 'pending' || !card;
  const made = sandbox.insert(refund, {
    id: newId(card ? 're' : 'pyr'),
    object: 'refund',
    amount: amount ?? left,
    balance_transaction: null,
    charge: one.id,
    created: sandbox.now(),
    currency: one.currency,
    customer: one.customer,
    customer_account: null,
    destination_details: card ? { type: 'card', card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' } } : { type: 'us_bank_transfer', us_bank_transfer: { reference: null, reference_status: null } },
    metadata,
    payment_intent: one.payment_intent,
    payment_method: one.payment_method,
    ...(isPending && { pending_reason: 'processing' as const }),
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  });
  if (one.captured) made.balance_transaction = bookRefund(sandbox, made, 'refund');
  count(sandbox, one, made.amount);
  sandbox.emit('refund.created', made);
  if (isPending || card?.refund === 'fails') sandbox.later('settle_refund', made.id);
  return made;
}

/** The job that ends a refund whose end comes later. */
export function settleRefund(sandbox: Sandbox, id: string): void {
  const one = sandbox.rows(refund).get(id);
  if (!one) return;
  if (instrumentOf(sandbox, String(one.payment_method)).card?.refund === 'fails') return failRefund(sandbox, one);
  if (one.status !== 'pending') return;
  const before = structuredClone(one);
  one.status = 'succeeded';
  delete one.pending_reason;
  sandbox.emit('refund.updated', one, before);
  sandbox.emit('charge.refund.updated', one, before);
}

/** A refund comes back: the money is the seller's again. */
export function failRefund(sandbox: Sandbox, one: Stripe.Refund): void {
  if (one.status === 'failed' || one.status === 'canceled') return;
  const before = structuredClone(one);
  one.status = 'failed';
  one.failure_reason = 'expired_or_canceled_card';
  delete one.pending_reason;
  if (one.balance_transaction) one.failure_balance_transaction = bookRefund(sandbox, one, 'refund_failure');
  count(sandbox, sandbox.get(charge, String(one.charge)), -one.amount);
  sandbox.emit('refund.failed', one, before);
  sandbox.emit('refund.updated', one, before);
  sandbox.emit('charge.refund.updated', one, before);
}
