import { PatchOp, type Order, type OrderRequest, type OrdersCapture, type OrderCaptureRequest } from '@paypal/paypal-server-sdk';
import type { PayPal } from './client';
import { asGatewayError, asking, askingFor, problemOf } from './failures';
import { declineOf, type Decline } from './declines';
import { noteOf, textOfNote, type OrderEnd, type OrderNote } from './order-note';

export const noteOfOrder = (order: Order): OrderNote => noteOf(order.purchaseUnits?.[0]?.customId);

/** The money that was taken for the order, the latest last; null where none was tried with an outcome of its own. */
export const captureOf = (order: Order): OrdersCapture | null => order.purchaseUnits?.[0]?.payments?.captures?.at(-1) ?? null;

/** Makes the order, or finds the one that was made for the id. Answers it as it is now: what PayPal repeats is as it was then. */
export async function makeOrder(paypal: PayPal, requestId: string, body: OrderRequest): Promise<Order> {
  const { id } = (await asking(() => paypal.orders.createOrder({ body, paypalRequestId: requestId, prefer: 'return=minimal' }))).result;
  return (await asking(() => paypal.orders.getOrder({ id: id ?? '' }))).result;
}

/** Null when PayPal does not know it: it forgets orders that nobody paid. */
export const findOrder = (paypal: PayPal, id: string): Promise<Order | null> => askingFor(() => paypal.orders.getOrder({ id }));

/** What became of taking the money: the order as it is then, or why nothing was taken. */
export type Taking = { order: Order } | { decline: Decline; /** Where the buyer may choose another way to pay. */ redirect: string | null } | { duplicate: true };

/** Takes the money of an order once, however often it is asked for. */
export async function take(paypal: PayPal, { id, requestId, body = {} }: { id: string; requestId: string; body?: OrderCaptureRequest }): Promise<Taking> {
  try {
    const { result } = await paypal.orders.captureOrder({ id, body, paypalRequestId: requestId, prefer: 'return=representation' });
    return { order: result };
  } catch (error) {
    const problem = problemOf(error);
    if (problem?.issue === 'ORDER_ALREADY_CAPTURED') return { order: (await asking(() => paypal.orders.getOrder({ id }))).result };
    if (problem?.issue === 'DUPLICATE_INVOICE_ID') return { duplicate: true };
    const decline = problem?.status === 422 ? declineOf(problem.issue) : null;
    if (!decline) throw asGatewayError(error);
    return { decline, redirect: problem?.redirect ?? null };
  }
}

/** Writes on an order that it has ended, unless it was paid meanwhile. Answers it as it is then; null when PayPal forgot it. */
export async function endOrder(paypal: PayPal, order: Order, end: OrderEnd): Promise<Order | null> {
  const id = order.id ?? '';
  const unit = order.purchaseUnits?.[0]?.referenceId ?? 'default';
  const value = textOfNote({ ...noteOfOrder(order), end });
  try {
    await paypal.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path: `/purchase_units/@reference_id=='${unit}'/custom_id`, value }] });
  } catch (error) {
    const { status = 500 } = problemOf(error) ?? {};
    if (status !== 422 && status !== 404) throw asGatewayError(error);
  }
  return findOrder(paypal, id);
}
