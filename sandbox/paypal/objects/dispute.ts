import { buyers } from '../buyers';
import { unprocessable } from '../errors';
import { newId } from '../ids';
import { minorOf, moneyOf, type Money } from '../money';
import type { FormPart } from '../../server/parts';
import type { Link } from '../resource';
import { seller, type Sandbox } from '../sandbox';
import { book, type TransactionCode } from '../transactions';
import { captureView, saleView, type Capture } from './capture';

export const disputeReasons = ['MERCHANDISE_OR_SERVICE_NOT_RECEIVED', 'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED', 'UNAUTHORISED', 'CREDIT_NOT_PROCESSED', 'DUPLICATE_TRANSACTION', 'INCORRECT_AMOUNT', 'CANCELED_RECURRING_BILLING', 'OTHER'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/** An inquiry is between buyer and seller; a chargeback or claim is decided by PayPal or the bank, and has taken the money. */
export const disputeStages = ['INQUIRY', 'CHARGEBACK'] as const;
export type DisputeStage = (typeof disputeStages)[number];

export type DisputeOutcome = 'RESOLVED_BUYER_FAVOUR' | 'RESOLVED_SELLER_FAVOUR';

/** What one side says, with the names of its documents. */
export interface Evidence extends Record<string, unknown> {
  documents?: { name: string }[] | undefined;
}

export interface Dispute {
  id: string;
  capture: string;
  reason: DisputeReason;
  stage: DisputeStage;
  status: 'OPEN' | 'WAITING_FOR_SELLER_RESPONSE' | 'WAITING_FOR_BUYER_RESPONSE' | 'UNDER_REVIEW' | 'RESOLVED';
  amount: Money;
  outcome: DisputeOutcome | null;
  messages: { posted_by: 'BUYER' | 'SELLER'; time_posted: string; content: string }[];
  evidences: Record<string, unknown>[];
  /** Whether the seller gave in, which ends it for good. */
  accepted?: boolean;
  /** Whether the seller has asked for another decision. */
  appealed?: boolean;
  answerUntil: string;
  createTime: string;
  updateTime: string;
}

/** What a chargeback costs the seller, in minor units, whatever comes of it. */
const chargebackFee = 2_000n;
const daysToAnswer = 10;

export const disputes = (sandbox: Sandbox) => sandbox.tables.of<Dispute>('dispute');

const stateOf = ({ status }: Dispute): string =>
  ({ OPEN: 'OPEN_INQUIRIES', WAITING_FOR_SELLER_RESPONSE: 'REQUIRED_ACTION', WAITING_FOR_BUYER_RESPONSE: 'REQUIRED_OTHER_PARTY_ACTION', UNDER_REVIEW: 'UNDER_PAYPAL_REVIEW', RESOLVED: 'RESOLVED' })[status];

/** Whether the seller may ask for another decision: once, of what PayPal decided for the buyer. */
const mayBeAppealed = ({ status, stage, outcome, accepted, appealed }: Dispute): boolean => status === 'RESOLVED' && stage === 'CHARGEBACK' && outcome === 'RESOLVED_BUYER_FAVOUR' && !accepted && !appealed;

function linksOf(sandbox: Sandbox, dispute: Dispute): Link[] {
  const { id, status, stage } = dispute;
  const href = `${sandbox.url}/v1/customer/disputes/${id}`;
  const action = (name: string): Link => ({ href: `${href}/${name}`, rel: name.replaceAll('-', '_'), method: 'POST' });
  const open = status !== 'RESOLVED';
  return [
    { href, rel: 'self', method: 'GET' },
    ...(open ? [action('accept-claim')] : []),
    ...(status === 'WAITING_FOR_SELLER_RESPONSE' ? [action('provide-evidence')] : []),
    ...(mayBeAppealed(dispute) ? [action('appeal')] : []),
    ...(open && stage === 'INQUIRY' ? [action('send-message'), action('escalate')] : []),
  ];
}

/** A dispute in a list. */
export function disputeSummary(sandbox: Sandbox, dispute: Dispute) {
  return {
    dispute_id: dispute.id,
    create_time: dispute.createTime,
    update_time: dispute.updateTime,
    reason: dispute.reason,
    status: dispute.status,
    dispute_state: stateOf(dispute),
    dispute_amount: dispute.amount,
    dispute_life_cycle_stage: dispute.stage,
    dispute_channel: 'INTERNAL',
    ...(dispute.outcome && { outcome: dispute.outcome }),
    links: linksOf(sandbox, dispute).slice(0, 1),
  };
}

/** A dispute by itself. */
export function disputeView(sandbox: Sandbox, dispute: Dispute) {
  const capture = sandbox.get<Capture>('capture', dispute.capture);
  const { amount, customId, invoiceId, createTime, buyer } = capture;
  const refunded = dispute.outcome === 'RESOLVED_BUYER_FAVOUR' ? dispute.amount : moneyOf(0n, amount.currency_code);
  const { outcome: _, links: __, ...summary } = disputeSummary(sandbox, dispute);
  return {
    ...summary,
    disputed_transactions: [
      {
        seller_transaction_id: capture.id,
        buyer_transaction_id: capture.id,
        create_time: createTime,
        transaction_status: capture.status,
        gross_amount: amount,
        ...(customId !== null && { custom: customId }),
        ...(invoiceId !== null && { invoice_number: invoiceId }),
        buyer: { email: buyers[buyer].email, name: `${buyers[buyer].givenName} ${buyers[buyer].surname}` },
        seller: { email: seller.email_address, merchant_id: seller.merchant_id },
      },
    ],
    ...(dispute.outcome && { dispute_outcome: { outcome_code: dispute.outcome, amount_refunded: refunded } }),
    ...(dispute.status === 'WAITING_FOR_SELLER_RESPONSE' && { seller_response_due_date: dispute.answerUntil }),
    messages: dispute.messages,
    evidences: dispute.evidences,
    links: linksOf(sandbox, dispute),
  };
}

function change(sandbox: Sandbox, dispute: Dispute, changes: Partial<Dispute>): void {
  Object.assign(dispute, changes, { updateTime: sandbox.now() });
  const resolved = dispute.status === 'RESOLVED';
  sandbox.emit(resolved ? 'CUSTOMER.DISPUTE.RESOLVED' : 'CUSTOMER.DISPUTE.UPDATED', 'dispute', disputeView(sandbox, dispute), resolved ? 'A dispute was resolved' : 'A dispute was updated');
}

function move(sandbox: Sandbox, dispute: Dispute, code: TransactionCode, minor: bigint): void {
  const { buyer, invoiceId, customId, amount } = sandbox.get<Capture>('capture', dispute.capture);
  book(sandbox, { id: newId.payment(), code, amount: moneyOf(minor, amount.currency_code), fee: moneyOf(0n, amount.currency_code), reference: dispute.capture, invoiceId, customId, buyer });
}

/** The money goes back to the buyer. */
function takeMoney(sandbox: Sandbox, dispute: Dispute, code: 'T1201' | 'T1106'): void {
  const capture = sandbox.get<Capture>('capture', dispute.capture);
  move(sandbox, dispute, code, -minorOf(dispute.amount));
  if ('subscription' in capture.of) sandbox.emit('PAYMENT.SALE.REVERSED', 'sale', { ...saleView(sandbox, capture), state: 'reversed' }, 'A sale was reversed');
  else sandbox.emit('PAYMENT.CAPTURE.REVERSED', 'capture', captureView(sandbox, capture), 'A payment was reversed');
}

/** A buyer disputes a payment that arrived. Throws where it did not, or is disputed already. */
export function openDispute(sandbox: Sandbox, capture: Capture, { reason, stage, amount }: { reason: DisputeReason; stage: DisputeStage; amount: bigint | null }): Dispute {
  if (capture.status === 'PENDING' || capture.status === 'DECLINED') throw new Error(`Capture ${capture.id} is ${capture.status}; it cannot be disputed.`);
  if (disputes(sandbox).where((one) => one.capture === capture.id && one.status !== 'RESOLVED').length > 0) throw new Error(`Capture ${capture.id} is disputed already.`);
  const now = sandbox.now();
  const left = minorOf(capture.amount) - BigInt(capture.refunded);
  const made = disputes(sandbox).insert({
    id: newId.dispute(),
    capture: capture.id,
    reason,
    stage,
    status: stage === 'INQUIRY' ? 'OPEN' : 'WAITING_FOR_SELLER_RESPONSE',
    amount: moneyOf(amount ?? left, capture.amount.currency_code),
    outcome: null,
    messages: [{ posted_by: 'BUYER', time_posted: now, content: 'Demo: I dispute this payment.' }],
    evidences: [],
    answerUntil: sandbox.at(sandbox.clock.now() + daysToAnswer * 86_400_000),
    createTime: now,
    updateTime: now,
  });
  sandbox.emit('CUSTOMER.DISPUTE.CREATED', 'dispute', disputeView(sandbox, made), 'A new dispute opened');
  if (stage === 'CHARGEBACK') charge(sandbox, made);
  return made;
}

function charge(sandbox: Sandbox, dispute: Dispute): void {
  takeMoney(sandbox, dispute, 'T1201');
  move(sandbox, dispute, 'T0106', -chargebackFee);
}

const notNow = () => unprocessable('ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE', 'The dispute is not in the correct state for this action. Follow the links that it shows.');

/** PayPal or the bank decides, or the seller gives in. Winning gives back what a chargeback took. */
export function closeDispute(sandbox: Sandbox, dispute: Dispute, outcome: DisputeOutcome): void {
  if (dispute.status === 'RESOLVED') throw notNow();
  if (dispute.stage === 'INQUIRY' && outcome === 'RESOLVED_BUYER_FAVOUR') takeMoney(sandbox, dispute, 'T1106');
  if (dispute.stage === 'CHARGEBACK' && outcome === 'RESOLVED_SELLER_FAVOUR') move(sandbox, dispute, 'T1202', minorOf(dispute.amount));
  change(sandbox, dispute, { status: 'RESOLVED', outcome });
}

/** The seller gives in. */
export function acceptClaim(sandbox: Sandbox, dispute: Dispute): void {
  if (dispute.status === 'RESOLVED') throw notNow();
  dispute.accepted = true;
  closeDispute(sandbox, dispute, 'RESOLVED_BUYER_FAVOUR');
}

/** What was decided of a chargeback is decided otherwise, and the money follows. */
export function overturnDispute(sandbox: Sandbox, dispute: Dispute): void {
  if (dispute.status !== 'RESOLVED' || dispute.stage !== 'CHARGEBACK') throw notNow();
  const isWon = dispute.outcome === 'RESOLVED_SELLER_FAVOUR';
  if (isWon) takeMoney(sandbox, dispute, 'T1201');
  else move(sandbox, dispute, 'T1202', minorOf(dispute.amount));
  change(sandbox, dispute, { outcome: isWon ? 'RESOLVED_BUYER_FAVOUR' : 'RESOLVED_SELLER_FAVOUR' });
}

/** An inquiry becomes a claim, which takes the money until it is decided. */
export function escalateDispute(sandbox: Sandbox, dispute: Dispute): void {
  if (dispute.status === 'RESOLVED' || dispute.stage !== 'INQUIRY') throw notNow();
  change(sandbox, dispute, { stage: 'CHARGEBACK', status: 'WAITING_FOR_SELLER_RESPONSE' });
  charge(sandbox, dispute);
}

/** Types of documents: https://developer.paypal.com/platforms/disputes/reference/supported-file-types-sizes */
const documentTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/gif'];

function checkDocuments(evidences: readonly Evidence[], sent: readonly FormPart[]): void {
  for (const { name } of evidences.flatMap(({ documents = [] }) => documents)) {
    const document = sent.find(({ fileName }) => fileName === name);
    if (!document) throw unprocessable('DOCUMENT_NOT_FOUND', `No document named ${name} was sent.`);
    if (!documentTypes.includes(document.type)) throw unprocessable('INVALID_DOCUMENT_TYPE', `A document of the type ${document.type} is not supported.`);
  }
}

/** The seller answers, or asks for another decision, and PayPal looks at it a while later. */
export function provideEvidence(sandbox: Sandbox, dispute: Dispute, evidences: readonly Evidence[], documents: readonly FormPart[], as: 'answer' | 'appeal' = 'answer'): void {
  if (as === 'answer' ? dispute.status !== 'WAITING_FOR_SELLER_RESPONSE' : !mayBeAppealed(dispute)) throw notNow();
  checkDocuments(evidences, documents);
  const shown = ({ name }: { name: string }) => ({ name, size: documents.find(({ fileName }) => fileName === name)?.content.length });
  const submitted = evidences.map((evidence) => ({ ...evidence, ...(evidence.documents && { documents: evidence.documents.map(shown) }), source: 'SUBMITTED_BY_SELLER', date: sandbox.now() }));
  change(sandbox, dispute, { status: 'UNDER_REVIEW', outcome: null, evidences: [...dispute.evidences, ...submitted], ...(as === 'appeal' && { appealed: true }) });
  sandbox.later('judge_dispute', dispute.id);
}

/** The seller writes to the buyer, as long as PayPal does not decide. */
export function sendMessage(sandbox: Sandbox, dispute: Dispute, content: string): void {
  if (dispute.status === 'RESOLVED' || dispute.stage !== 'INQUIRY') throw notNow();
  change(sandbox, dispute, { status: 'WAITING_FOR_BUYER_RESPONSE', messages: [...dispute.messages, { posted_by: 'SELLER', time_posted: sandbox.now(), content }] });
}

/** PayPal wants more of one side. */
export function requireEvidence(sandbox: Sandbox, dispute: Dispute, of: 'BUYER' | 'SELLER'): void {
  if (dispute.status !== 'UNDER_REVIEW') throw notNow();
  change(sandbox, dispute, { status: of === 'BUYER' ? 'WAITING_FOR_BUYER_RESPONSE' : 'WAITING_FOR_SELLER_RESPONSE' });
}

/** Notes whose first line decides a dispute here. */
const decisive: Record<string, DisputeOutcome> = { winning_evidence: 'RESOLVED_SELLER_FAVOUR', losing_evidence: 'RESOLVED_BUYER_FAVOUR' };

/** The job that decides a dispute by the notes of its evidence, where they decide anything. */
export function judgeDispute(sandbox: Sandbox, id: string): void {
  const dispute = disputes(sandbox).get(id);
  if (!dispute || dispute.status !== 'UNDER_REVIEW') return;
  const outcome = dispute.evidences.map(({ notes }) => decisive[String(notes).split('\n')[0]!]).findLast(Boolean);
  if (outcome) closeDispute(sandbox, dispute, outcome);
}

