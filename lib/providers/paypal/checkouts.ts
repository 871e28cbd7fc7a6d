import {
  CheckoutPaymentIntent, OrderStatus, PaypalExperienceUserAction, PaypalPaymentTokenUsageType, PaypalWalletContextShippingPreference, StoreInVaultInstruction, type Order,
} from '@paypal/paypal-server-sdk';
import type { Checkout, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import { toPayPal } from './amounts';
import { chargeOf, resultOf } from './charge-of-order';
import { carriedOn } from './charges';
import type { PayPal } from './client';
import { locales } from './locales';
import { textOfNote } from './order-note';
import { captureOf, endOrder, findOrder, makeOrder, noteOfOrder } from './orders';
import { closeSetupPage, openSetup, readSetupPage, setupNamed } from './setups';
import { closeSubscriptionPage, isSubscription, openSubscription, readSubscriptionPage } from './subscription-pages';

/** Opens a page of PayPal's: to agree to pay, to have a wallet stored, or to subscribe. */
export function createCheckout(paypal: PayPal, asked: NewCheckout): Promise<Checkout> {
  if (asked.mode === 'setup') return openSetup(paypal, asked);
  return asked.mode === 'subscription' ? openSubscription(paypal, asked) : openPayment(paypal, asked);
}

async function openPayment(paypal: PayPal, asked: NewCheckout & { mode: 'payment' }): Promise<Checkout> {
  const { idempotencyKey, checkoutId, customer, successUrl, cancelUrl, language, attemptId, amountMinor, currency, description, keepMethod } = asked;
  const order = await makeOrder(paypal, `${idempotencyKey}:order`, {
    intent: CheckoutPaymentIntent.Capture,
    purchaseUnits: [
      {
        amount: toPayPal(amountMinor, currency),
        customId: textOfNote({ attemptId, checkoutId, method: null, end: null }),
        invoiceId: attemptId,
        ...(description && { description }),
      },
    ],
    paymentSource: {
      paypal: {
        experienceContext: {
          returnUrl: successUrl, cancelUrl, locale: locales[language], shippingPreference: PaypalWalletContextShippingPreference.NoShipping, userAction: PaypalExperienceUserAction.PayNow,
        },
        ...(keepMethod && {
          attributes: { customer: { merchantCustomerId: customer }, vault: { storeInVault: StoreInVaultInstruction.OnSuccess, usageType: PaypalPaymentTokenUsageType.Merchant } },
        }),
      },
    },
  });
  return checkoutOf(order, null);
}

/** What became of the page. Where the buyer has agreed to pay, the money is taken by looking. */
export async function readCheckout(paypal: PayPal, reference: string): Promise<Checkout> {
  const setup = setupNamed(reference);
  if (setup) return readSetupPage(paypal, setup);
  if (isSubscription(reference)) return readSubscriptionPage(paypal, reference);
  const order = await findOrder(paypal, reference);
  if (!order) return forgotten(reference);
  const after = await carriedOn(paypal, order);
  return checkoutOf(after.order, after.redirect);
}

/** Closes the page, unless it was finished: money that the buyer has agreed to is taken first. */
export async function expireCheckout(paypal: PayPal, { reference }: { reference: string }): Promise<Checkout> {
  const setup = setupNamed(reference);
  if (setup) return closeSetupPage(paypal, setup);
  if (isSubscription(reference)) return closeSubscriptionPage(paypal, reference);
  const order = await findOrder(paypal, reference);
  if (!order) return forgotten(reference);
  const after = await carriedOn(paypal, order);
  if (stateOf(after.order) !== 'open') return checkoutOf(after.order, null);
  const ended = await endOrder(paypal, after.order, { outcome: 'canceled' });
  return ended ? checkoutOf(ended, null) : forgotten(reference);
}

/** PayPal forgets an order that nobody paid, after hours; one that was paid it keeps. */
const forgotten = (reference: string): Checkout => ({ reference, checkoutId: null, mode: 'payment', state: 'expired', url: null, charge: null, setup: null, subscription: null });

function stateOf(order: Order): Checkout['state'] {
  if (captureOf(order)) return 'complete';
  return noteOfOrder(order).end || resultOf(order).outcome === 'canceled' ? 'expired' : 'open';
}

/** The page of an order in the port's words. `redirect`: where the buyer may go on after a decline. Pure. */
function checkoutOf(order: Order, redirect: string | null): Checkout {
  const state = stateOf(order);
  const approval = order.links?.find(({ rel }) => rel === 'payer-action' || rel === 'approve')?.href ?? null;
  const isBegun = state !== 'open' || order.status === OrderStatus.Approved;
  return {
    reference: order.id ?? '',
    checkoutId: noteOfOrder(order).checkoutId,
    mode: 'payment',
    state,
    url: state === 'open' ? (redirect ?? approval) : null,
    charge: isBegun ? chargeOf(order) : null,
    setup: null,
    subscription: null,
  };
}
