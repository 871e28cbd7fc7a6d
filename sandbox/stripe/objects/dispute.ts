import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { newId } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { book } from './balance-transaction';
import { charge } from './charge';
import { file } from './file';

export const dispute = kind<Stripe.Dispute>({
  object: 'dispute',
  prefix: 'du',
  expandable: { charge: 'charge', payment_intent: 'payment_intent', 'balance_transactions.source': 'any' },
});

/** What Stripe asks for a dispute, in minor units. */
const disputeFee = 1_500;
const daysToAnswer = 9;

/** The parts of evidence. */
export const evidenceNames = [
  'access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_policy_disclosure', 'cancellation_rebuttal', 'customer_communication',
  'customer_email_address', 'customer_name', 'customer_purchase_ip', 'customer_signature', 'duplicate_charge_documentation', 'duplicate_charge_explanation',
  'duplicate_charge_id', 'product_description', 'receipt', 'refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date',
  'service_documentation', 'shipping_address', 'shipping_carrier', 'shipping_date', 'shipping_documentation', 'shipping_tracking_number', 'uncategorized_file',
  'uncategorized_text',
] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** Those that name a file. */
const evidenceFiles = ['cancellation_policy', 'customer_communication', 'customer_signature', 'duplicate_charge_documentation', 'receipt', 'refund_policy', 'service_documentation', 'shipping_documentation', 'uncategorized_file'] as const satisfies readonly EvidenceName[];

function move(sandbox: Sandbox, one: Stripe.Dispute, direction: 'withdraw' | 'reinstate'): void {
  const sign = direction === 'withdraw' ? -1 : 1;
  const booked = book(sandbox, {
    type: 'adjustment',
    reportingCategory: direction === 'withdraw' ? 'dispute' : 'dispute_reversal',
    amount: sign * one.amount,
    fee: -sign * disputeFee,
    currency: one.currency,
    source: one.id,
    description: direction === 'withdraw' ? `Chargeback withdrawal for ${String(one.charge)}` : `Chargeback reversal for ${String(one.charge)}`,
    availableNow: true,
  });
  one.balance_transactions.push(booked);
  sandbox.emit(direction === 'withdraw' ? 'charge.dispute.funds_withdrawn' : 'charge.dispute.funds_reinstated', one);
}

/** The customer's bank disputes a charge. An inquiry only asks: it takes no money. */
export function openDispute(sandbox: Sandbox, one: Stripe.Charge, reason: string, { inquiry = false, amount = one.amount - one.amount_refunded } = {}): Stripe.Dispute {
  if (one.status !== 'succeeded' || !one.captured) throw invalidRequest(`Charge ${one.id} was not paid; it cannot be disputed.`);
  if (one.disputed) throw invalidRequest(`Charge ${one.id} is disputed already.`);
  const made = sandbox.insert(dispute, {
    id: newId('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: one.id,
    created: sandbox.now(),
    currency: one.currency,
    enhanced_eligibility_types: [],
    evidence: { ...(Object.fromEntries(evidenceNames.map((name) => [name, null])) as Record<EvidenceName, null>), enhanced_evidence: {} },
    evidence_details: { due_by: sandbox.now() + daysToAnswer * 24 * 3_600, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0, submission_method: 'not_submitted' },
    intended_submission_method: 'manual',
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: one.payment_intent,
    ...(one.payment_method_details?.card && {
      payment_method_details: { type: 'card', card: { brand: one.payment_method_details.card.brand ?? '', case_type: inquiry ? 'inquiry' : 'chargeback', network: one.payment_method_details.card.network ?? 'visa', network_reason_code: '10.4' } },
    }),
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  });
  one.disputed = true;
  sandbox.emit('charge.dispute.created', made);
  if (!inquiry) move(sandbox, made, 'withdraw');
  return made;
}

const isOver = ({ status }: Stripe.Dispute): boolean => ['won', 'lost', 'warning_closed', 'prevented'].includes(status);

/** The bank decides, or the seller gives in. Winning gives the amount and the fee back. */
export function closeDispute(sandbox: Sandbox, one: Stripe.Dispute, result: 'won' | 'lost'): Stripe.Dispute {
  if (isOver(one)) throw invalidRequest('This dispute is already closed', { param: 'id' });
  const before = structuredClone(one);
  const tookMoney = one.balance_transactions.length > 0;
  one.status = tookMoney ? result : 'warning_closed';
  if (!tookMoney) sandbox.get(charge, String(one.charge)).disputed = false;
  sandbox.emit('charge.dispute.closed', one, before);
  if (tookMoney && result === 'won') move(sandbox, one, 'reinstate');
  return one;
}

/** What was decided is decided otherwise, and the money follows. */
export function overturnDispute(sandbox: Sandbox, one: Stripe.Dispute): void {
  if (one.status !== 'won' && one.status !== 'lost') throw invalidRequest('This dispute is not decided', { param: 'id' });
  const before = structuredClone(one);
  one.status = one.status === 'won' ? 'lost' : 'won';
  sandbox.emit('charge.dispute.closed', one, before);
  move(sandbox, one, one.status === 'won' ? 'reinstate' : 'withdraw');
}

/** Words that decide a dispute in test mode: https://docs.stripe.com/testing#evidence */
const decisive: Record<string, 'won' | 'lost'> = { winning_evidence: 'won', losing_evidence: 'lost' };

/** The seller answers; evidence that is submitted is looked at a while later. */
export function answerDispute(sandbox: Sandbox, one: Stripe.Dispute, evidence: Partial<Record<EvidenceName, string>>, submit: boolean): void {
  if (isOver(one)) throw invalidRequest('This dispute is already closed', { param: 'id' });
  for (const name of evidenceFiles) if (evidence[name] && !sandbox.rows(file).get(evidence[name])) throw invalidRequest(`No such file upload: '${evidence[name]}'`, { code: 'resource_missing', param: `evidence[${name}]` });
  const before = structuredClone(one);
  Object.assign(one.evidence, evidence);
  one.evidence_details.has_evidence = evidenceNames.some((name) => one.evidence[name] !== null);
  if (submit) {
    one.evidence_details.submission_count += 1;
    one.evidence_details.submission_method = 'manual';
    one.status = one.status.startsWith('warning') ? 'warning_under_review' : 'under_review';
  }
  sandbox.emit('charge.dispute.updated', one, before);
  if (submit) sandbox.later('judge_dispute', one.id);
}

/** The job that decides a dispute by its evidence, where that decides anything. */
export function judgeDispute(sandbox: Sandbox, id: string): void {
  const one = sandbox.rows(dispute).get(id);
  if (!one || isOver(one)) return;
  const said = one.evidence.uncategorized_text ?? '';
  if (decisive[said]) closeDispute(sandbox, one, decisive[said]);
  else if (said === 'escalate_inquiry_evidence' && one.balance_transactions.length === 0) {
    const before = structuredClone(one);
    Object.assign(one, { status: 'needs_response', is_charge_refundable: false });
    sandbox.emit('charge.dispute.updated', one, before);
    move(sandbox, one, 'withdraw');
  }
}
