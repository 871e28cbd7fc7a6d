import { RefundStatus, type Refund } from '@paypal/paypal-server-sdk';
import type { NewRefund, RefundResult } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { fromPayPal, toPayPal } from './amounts';
import type { PayPal } from './client';
import { asking } from './failures';
import { isNote } from './order-note';
import { captureOf, findOrder } from './orders';
import { findSale } from './sales';
import { chargeNamed } from './transactions';

/** Gives money back. One that an earlier request made is looked for first: PayPal forgets the ids of requests. */
export async function refund(paypal: PayPal, asked: NewRefund): Promise<RefundResult> {
  const { idempotencyKey, charge, amountMinor, currency } = asked;
  const order = await findOrder(paypal, charge);
  const captureId = (order ? captureOf(order) : await findSale(paypal, charge))?.id;
  if (!captureId) throw new GatewayRefusal('PayPal took no money by this name.', 'unknown_reference');
  const known = order?.purchaseUnits?.[0]?.payments?.refunds?.find(({ customId }) => customId === idempotencyKey);
  const made = known ?? (await asking(() =>
    paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: `${idempotencyKey}:refund`, prefer: 'return=representation', body: { amount: toPayPal(amountMinor, currency), customId: idempotencyKey } }),
  )).result;
  const result = refundOf(made, charge);
  if (result.amountMinor !== amountMinor || result.currency !== currency) throw new GatewayRefusal('The key was used for another amount.', 'refused');
  return result;
}

export async function readRefund(paypal: PayPal, reference: string): Promise<RefundResult> {
  const { result: made } = await asking(() => paypal.payments.getRefund({ refundId: reference }));
  const captureId = made.links?.find(({ rel }) => rel === 'up')?.href.split('/').at(-1);
  return refundOf(made, captureId ? await chargeNamed(paypal, captureId) : '');
}

const outcomes: Record<RefundStatus, RefundResult['outcome']> = {
  [RefundStatus.Completed]: 'succeeded', [RefundStatus.Pending]: 'pending', [RefundStatus.Failed]: 'failed', [RefundStatus.Cancelled]: 'canceled',
};

/** The refund in the port's words. Pure. */
export function refundOf({ id, customId, status, amount }: Refund, charge: string): RefundResult {
  if (!id || !amount) throw new GatewayRefusal('PayPal told of a refund without an amount.', 'refused');
  return { reference: id, refundId: customId && !isNote(customId) ? customId : null, charge, outcome: (status && outcomes[status]) ?? 'pending', ...fromPayPal(amount) };
}
