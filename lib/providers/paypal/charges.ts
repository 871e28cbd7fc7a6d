import { CheckoutPaymentIntent, OrderStatus, PaymentInitiator, StoredPaymentSourceUsageType, type Order, type OrderCaptureRequest } from '@paypal/paypal-server-sdk';
import type { Charge, ChargeResult, GatewayCharge } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import { toPayPal } from './amounts';
import { chargeOf, resultOf } from './charge-of-order';
import type { PayPal } from './client';
import type { Decline } from './declines';
import { endOrder, findOrder, makeOrder, noteOfOrder, take } from './orders';
import { textOfNote, type OrderEnd } from './order-note';
import { chargeOfSale, findSale } from './sales';
import { orderOfInvoice } from './transactions';

/**
 * Charges a stored method: an order is made, which moves nothing, and then its money is taken from the method. So a charge
 * has a name before anything moves, and one that was declined keeps saying so. The attempt's id is the order's invoice
 * number too: PayPal takes money for one number once, also after it has forgotten the ids of requests.
 */
export async function charge(paypal: PayPal, asked: Charge): Promise<ChargeResult> {
  const { idempotencyKey, paymentMethod, amountMinor, currency, description } = asked;
  const order = await makeOrder(paypal, `${idempotencyKey}:order`, {
    intent: CheckoutPaymentIntent.Capture,
    purchaseUnits: [
      {
        amount: toPayPal(amountMinor, currency),
        customId: textOfNote({ attemptId: idempotencyKey, checkoutId: null, method: paymentMethod, end: null }),
        invoiceId: idempotencyKey,
        ...(description && { description }),
      },
    ],
  });
  const known = chargeOf(order);
  if (known.amountMinor !== amountMinor || known.currency !== currency) throw new GatewayRefusal('The key was used for another amount.', 'refused');
  if (order.status !== OrderStatus.Created || noteOfOrder(order).end) return known.result;
  const taken = await take(paypal, { id: known.reference, requestId: `${idempotencyKey}:capture`, body: fromMethod(asked) });
  if ('order' in taken) return resultOf(taken.order);
  if ('duplicate' in taken) return earlierResult(paypal, idempotencyKey);
  const ended = await endOrder(paypal, order, endBy(taken.decline));
  return ended ? resultOf(ended) : { reference: known.reference, ...endBy(taken.decline) };
}

function fromMethod({ paymentMethod, onSession }: Charge): OrderCaptureRequest {
  const paymentInitiator = onSession ? PaymentInitiator.Customer : PaymentInitiator.Merchant;
  return { paymentSource: { paypal: { vaultId: paymentMethod, storedCredential: { paymentInitiator, usage: StoredPaymentSourceUsageType.Subsequent } } } };
}

export const endBy = ({ code, retryable }: Decline) => ({ outcome: 'failed', code, retryable }) satisfies OrderEnd;

/** What became of money that an earlier order took for the attempt. PayPal's books may show it hours later. */
async function earlierResult(paypal: PayPal, attemptId: string): Promise<ChargeResult> {
  const order = await orderOfInvoice(paypal, attemptId);
  if (!order) throw new GatewayUnavailable('PayPal took money for this attempt before, and does not yet tell by which order.', 900);
  return resultOf(order);
}

/**
 * The order, after its money was taken where its buyer has agreed to pay on PayPal's page: whoever looks first takes it,
 * the page that the buyer comes back to, the job or a notice. `redirect`: where a buyer whose way to pay was declined may
 * choose another.
 */
export async function carriedOn(paypal: PayPal, order: Order): Promise<{ order: Order; redirect: string | null }> {
  const { checkoutId, end } = noteOfOrder(order);
  if (order.status !== OrderStatus.Approved || !checkoutId || end) return { order, redirect: null };
  // A buyer who agrees again, with another way to pay, changes the order: that is another request.
  const taken = await take(paypal, { id: order.id ?? '', requestId: `${order.id}:${order.updateTime ?? ''}` });
  if ('order' in taken) return { order: taken.order, redirect: null };
  if ('duplicate' in taken) return { order: (await endOrder(paypal, order, { outcome: 'canceled' })) ?? order, redirect: null };
  if (taken.decline.elsewhere) return { order, redirect: taken.redirect };
  return { order: (await endOrder(paypal, order, endBy(taken.decline))) ?? order, redirect: null };
}

/** Throws `GatewayRefusal` for what PayPal does not know: an order that nobody paid is forgotten after hours. */
export async function readCharge(paypal: PayPal, reference: string): Promise<GatewayCharge> {
  const order = await findOrder(paypal, reference);
  if (order) return chargeOf((await carriedOn(paypal, order)).order);
  const sale = await findSale(paypal, reference);
  if (!sale) throw new GatewayRefusal('PayPal knows no such payment.', 'unknown_reference');
  return chargeOfSale(paypal, sale);
}

/** Takes the charge back, unless it went through. PayPal cannot cancel an order: it is written on it, and then never taken. */
export async function cancelCharge(paypal: PayPal, { reference }: { reference: string }): Promise<ChargeResult> {
  const order = await findOrder(paypal, reference);
  const after = order && resultOf(order).outcome === 'processing' ? await endOrder(paypal, order, { outcome: 'canceled' }) : order;
  return after ? resultOf(after) : { outcome: 'canceled', reference };
}
