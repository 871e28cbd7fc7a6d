import { buyers, type BuyerName, type PaymentOutcome } from '../buyers';
import { instrumentDeclined, type ErrorLink } from '../errors';
import { newId } from '../ids';
import { feeOf, minorOf, moneyOf, type Money } from '../money';
import type { Link } from '../resource';
import { seller, type Sandbox } from '../sandbox';
import { book, type TransactionCode } from '../transactions';

export type CaptureStatus = 'COMPLETED' | 'PENDING' | 'DECLINED' | 'PARTIALLY_REFUNDED' | 'REFUNDED';

/** Money that was taken from a buyer: of an order, or as the sale of a subscription. */
export interface Capture {
  id: string;
  of: { order: string; unit: string } | { subscription: string };
  status: CaptureStatus;
  amount: Money;
  invoiceId: string | null;
  customId: string | null;
  buyer: BuyerName;
  code: TransactionCode;
  /** What becomes of it at the end of its review. */
  review: 'completes' | 'denied';
  /** Minor units. */
  refunded: string;
  createTime: string;
  updateTime: string;
}

export const captures = (sandbox: Sandbox) => sandbox.tables.of<Capture>('capture');

export function captureView(sandbox: Sandbox, capture: Capture) {
  const { id, status, amount, invoiceId, customId, createTime, updateTime } = capture;
  const fee = feeOf(minorOf(amount));
  const href = `${sandbox.url}/v2/payments/captures/${id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }, { href: `${href}/refund`, rel: 'refund', method: 'POST' }];
  if ('order' in capture.of) links.push({ href: `${sandbox.url}/v2/checkout/orders/${capture.of.order}`, rel: 'up', method: 'GET' });
  const arrived = status !== 'PENDING' && status !== 'DECLINED';
  return {
    id,
    status,
    ...(status === 'PENDING' && { status_details: { reason: 'PENDING_REVIEW' } }),
    amount,
    final_capture: true,
    disbursement_mode: 'INSTANT',
    seller_protection: { status: 'ELIGIBLE', dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'] },
    ...(arrived && {
      seller_receivable_breakdown: { gross_amount: amount, paypal_fee: moneyOf(fee, amount.currency_code), net_amount: moneyOf(minorOf(amount) - fee, amount.currency_code) },
    }),
    ...(invoiceId !== null && { invoice_id: invoiceId }),
    ...(customId !== null && { custom_id: customId }),
    supplementary_data: { related_ids: 'order' in capture.of ? { order_id: capture.of.order } : {} },
    payee: seller,
    create_time: createTime,
    update_time: updateTime,
    links,
  };
}

/** A sale of a subscription, as the first API shows it in events. */
export function saleView(sandbox: Sandbox, capture: Capture) {
  const { id, amount, customId, createTime, updateTime } = capture;
  const fee = moneyOf(feeOf(minorOf(amount)), amount.currency_code);
  const href = `${sandbox.url}/v1/payments/sale/${id}`;
  return {
    id,
    state: capture.status === 'COMPLETED' ? 'completed' : capture.status.toLowerCase(),
    amount: { total: amount.value, currency: amount.currency_code, details: { subtotal: amount.value } },
    payment_mode: 'INSTANT_TRANSFER',
    protection_eligibility: 'ELIGIBLE',
    transaction_fee: { value: fee.value, currency: fee.currency_code },
    ...('subscription' in capture.of && { billing_agreement_id: capture.of.subscription }),
    ...(customId !== null && { custom: customId }),
    create_time: createTime,
    update_time: updateTime,
    links: [{ href, rel: 'self', method: 'GET' }, { href: `${href}/refund`, rel: 'refund', method: 'POST' }],
  };
}

interface NewPayment extends Pick<Capture, 'of' | 'amount' | 'invoiceId' | 'customId' | 'buyer' | 'code'> {
  outcome: PaymentOutcome;
  /** Where the buyer may choose another way to pay, told when this one is declined. */
  otherwise?: readonly ErrorLink[];
}

/** Takes money from a buyer, at once or after a review. Throws `INSTRUMENT_DECLINED`, before anything changed. */
export function takePayment(sandbox: Sandbox, { outcome, otherwise, ...payment }: NewPayment): Capture {
  if (outcome === 'declined') throw instrumentDeclined(otherwise);
  const now = sandbox.now();
  const review = outcome === 'denied' ? 'denied' : 'completes';
  const made = captures(sandbox).insert({ id: newId.payment(), ...payment, status: 'PENDING', review, refunded: '0', createTime: now, updateTime: now });
  if (outcome === 'completes') complete(sandbox, made);
  else {
    sandbox.emit('PAYMENT.CAPTURE.PENDING', 'capture', captureView(sandbox, made), `Payment pending for ${spoken(made.amount)}`);
    sandbox.later('settle_capture', made.id);
  }
  return made;
}

export const spoken = ({ currency_code, value }: Money): string => `${value} ${currency_code}`;

function complete(sandbox: Sandbox, capture: Capture): void {
  const { amount, invoiceId, customId, buyer, code, id } = capture;
  capture.status = 'COMPLETED';
  capture.updateTime = sandbox.now();
  book(sandbox, { id, code, amount, fee: moneyOf(-feeOf(minorOf(amount)), amount.currency_code), reference: 'subscription' in capture.of ? capture.of.subscription : null, invoiceId, customId, buyer });
  if ('subscription' in capture.of) sandbox.emit('PAYMENT.SALE.COMPLETED', 'sale', saleView(sandbox, capture), `Payment completed for ${spoken(amount)}`);
  else sandbox.emit('PAYMENT.CAPTURE.COMPLETED', 'capture', captureView(sandbox, capture), `Payment completed for ${spoken(amount)}`);
}

/** Ends the review of a payment: by its buyer, unless told. Of one that is not under review: nothing. */
export function settleCapture(sandbox: Sandbox, capture: Capture, outcome = capture.review): void {
  if (capture.status !== 'PENDING') return;
  if (outcome === 'completes') return complete(sandbox, capture);
  capture.status = 'DECLINED';
  capture.updateTime = sandbox.now();
  sandbox.emit('PAYMENT.CAPTURE.DENIED', 'capture', captureView(sandbox, capture), `Payment denied for ${spoken(capture.amount)}`);
}

export const buyerOf = ({ buyer }: Capture) => buyers[buyer];
