import { unprocessable } from '../errors';
import { newId } from '../ids';
import { minorOf, moneyOf, type Money } from '../money';
import type { Link } from '../resource';
import { seller, type Sandbox } from '../sandbox';
import { book } from '../transactions';
import { buyerOf, captures, spoken, type Capture } from './capture';

export interface Refund {
  id: string;
  capture: string;
  status: 'COMPLETED' | 'PENDING' | 'FAILED';
  amount: Money;
  invoiceId: string | null;
  customId: string | null;
  note: string | null;
  /** Minor units that are given back of the capture, this refund among them. */
  total: string;
  createTime: string;
  updateTime: string;
}

export const refunds = (sandbox: Sandbox) => sandbox.tables.of<Refund>('refund');

export function refundView(sandbox: Sandbox, refund: Refund) {
  const { id, status, amount, invoiceId, customId, note, total, createTime, updateTime } = refund;
  const zero = moneyOf(0n, amount.currency_code);
  const links: Link[] = [
    { href: `${sandbox.url}/v2/payments/refunds/${id}`, rel: 'self', method: 'GET' },
    { href: `${sandbox.url}/v2/payments/captures/${refund.capture}`, rel: 'up', method: 'GET' },
  ];
  return {
    id,
    status,
    ...(status === 'PENDING' && { status_details: { reason: 'ECHECK' } }),
    amount,
    ...(invoiceId !== null && { invoice_id: invoiceId }),
    ...(customId !== null && { custom_id: customId }),
    ...(note !== null && { note_to_payer: note }),
    // The fee of the payment stays with PayPal.
    seller_payable_breakdown: { gross_amount: amount, paypal_fee: zero, net_amount: amount, total_refunded_amount: moneyOf(BigInt(total), amount.currency_code) },
    payer: seller,
    create_time: createTime,
    update_time: updateTime,
    links,
  };
}

/** Counts what a capture gave back; negative takes it back. */
function countRefund(sandbox: Sandbox, capture: Capture, minor: bigint): void {
  const refunded = BigInt(capture.refunded) + minor;
  capture.refunded = refunded.toString();
  capture.status = refunded === 0n ? 'COMPLETED' : refunded < minorOf(capture.amount) ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
  capture.updateTime = sandbox.now();
}

export interface RefundOptions {
  /** Everything that is left unless told. */
  amount?: { minor: bigint; currency: string };
  invoiceId: string | null;
  customId: string | null;
  note: string | null;
}

/** Gives a capture back, in part or whole: at once, or after a while where its buyer's bank is slow. Throws PayPal's refusals. */
export function createRefund(sandbox: Sandbox, capture: Capture, { amount, ...texts }: RefundOptions): Refund {
  const left = minorOf(capture.amount) - BigInt(capture.refunded);
  const { currency_code } = capture.amount;
  if (capture.status === 'REFUNDED') throw unprocessable('CAPTURE_FULLY_REFUNDED', 'The capture has already been fully refunded.');
  if (capture.status === 'PENDING' || capture.status === 'DECLINED') throw unprocessable('REFUND_NOT_ALLOWED', 'Refund not allowed: the capture has not completed.');
  if (amount && amount.currency !== currency_code) throw unprocessable('CURRENCY_MISMATCH', 'Refund must be in the same currency as the capture.', { field: '/amount/currency_code' });
  if (amount && amount.minor > left) throw unprocessable('REFUND_AMOUNT_EXCEEDED', 'The refund amount must be less than or equal to the capture amount that has not yet been refunded.', { field: '/amount/value' });
  const minor = amount?.minor ?? left;
  countRefund(sandbox, capture, minor);
  const now = sandbox.now();
  const pending = buyerOf(capture).refund === 'pending';
  const made = refunds(sandbox).insert({ id: newId.payment(), capture: capture.id, status: 'PENDING', amount: moneyOf(minor, currency_code), ...texts, total: capture.refunded, createTime: now, updateTime: now });
  if (!pending) complete(sandbox, made, capture);
  else {
    sandbox.emit('PAYMENT.REFUND.PENDING', 'refund', refundView(sandbox, made), `A ${spoken(made.amount)} refund is pending`);
    sandbox.later('settle_refund', made.id);
  }
  return made;
}

function complete(sandbox: Sandbox, refund: Refund, capture: Capture): void {
  refund.status = 'COMPLETED';
  refund.updateTime = sandbox.now();
  const { currency_code } = refund.amount;
  const { buyer, invoiceId, customId } = { buyer: capture.buyer, invoiceId: refund.invoiceId ?? capture.invoiceId, customId: refund.customId ?? capture.customId };
  book(sandbox, { id: refund.id, code: 'T1107', amount: moneyOf(-minorOf(refund.amount), currency_code), fee: moneyOf(0n, currency_code), reference: capture.id, invoiceId, customId, buyer });
  const type = 'subscription' in capture.of ? 'PAYMENT.SALE.REFUNDED' : 'PAYMENT.CAPTURE.REFUNDED';
  sandbox.emit(type, 'refund', refundView(sandbox, refund), `A ${spoken(refund.amount)} capture payment was refunded`);
}

/** Ends a refund that is pending. Of one that is not: nothing. */
export function settleRefund(sandbox: Sandbox, refund: Refund, outcome: 'completes' | 'fails' = 'completes'): void {
  const capture = captures(sandbox).get(refund.capture);
  if (refund.status !== 'PENDING' || !capture) return;
  if (outcome === 'completes') return complete(sandbox, refund, capture);
  refund.status = 'FAILED';
  refund.updateTime = sandbox.now();
  countRefund(sandbox, capture, -minorOf(refund.amount));
  sandbox.emit('PAYMENT.REFUND.FAILED', 'refund', refundView(sandbox, refund), `A ${spoken(refund.amount)} refund failed`);
}
