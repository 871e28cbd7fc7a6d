import type Stripe from 'stripe';
import type { Checkout, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { idOf, secondsOf, toStripe } from './amounts';
import { chargeOf } from './charge-result';
import { asking } from './failures';
import { setupOf } from './setups';
import { recurringPriceOf } from './subscriptions';
import { writeOnce } from './write-once';

const expand = ['payment_intent.latest_charge', 'setup_intent.payment_method'];

/**
 * Opens a page of Stripe's. One that Stripe made and nobody heard of has an address that nobody knows, so that another is
 * opened without looking for it.
 */
export async function createCheckout(stripe: Stripe, asked: NewCheckout): Promise<Checkout> {
  const { idempotencyKey, checkoutId, accountId, customer, successUrl, cancelUrl, expiresAt, language } = asked;
  const metadata = { account: accountId, checkout: checkoutId };
  const specific = specificsOf(asked, metadata);
  const session = await writeOnce({
    key: idempotencyKey,
    operation: 'checkout',
    send: (options) =>
      stripe.checkout.sessions.create(
        { ui_mode: 'hosted_page', customer, client_reference_id: checkoutId, metadata, success_url: successUrl, cancel_url: cancelUrl, expires_at: secondsOf(expiresAt), locale: language, expand, ...specific },
        options,
      ),
  });
  return checkoutOf(stripe, session);
}

type Metadata = Record<string, string>;

function specificsOf(asked: NewCheckout, metadata: Metadata): Stripe.Checkout.SessionCreateParams {
  switch (asked.mode) {
    case 'setup':
      return { mode: 'setup', currency: asked.currency.toLowerCase(), setup_intent_data: { metadata } };
    case 'payment': {
      const { amount, currency } = toStripe(asked.amountMinor, asked.currency);
      return {
        mode: 'payment',
        line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: asked.description } } }],
        // The amount is what we asked for: Stripe is not to convert it for the customer.
        adaptive_pricing: { enabled: false },
        payment_intent_data: { description: asked.description, metadata: { ...metadata, attempt: asked.attemptId }, ...(asked.keepMethod && { setup_future_usage: 'off_session' }) },
      };
    }
    case 'subscription':
      return { mode: 'subscription', line_items: [{ quantity: 1, price_data: recurringPriceOf(asked.plan) }], subscription_data: { metadata: { ...metadata, subscription: asked.subscriptionId } } };
  }
}

export function readCheckout(stripe: Stripe, reference: string): Promise<Checkout> {
  return asking(async () => checkoutOf(stripe, await stripe.checkout.sessions.retrieve(reference, { expand })));
}

/** Closes the page, unless it was finished, which Stripe refuses. */
export async function expireCheckout(stripe: Stripe, { idempotencyKey, reference }: { idempotencyKey: string; reference: string }): Promise<Checkout> {
  try {
    const session = await writeOnce({
      key: idempotencyKey,
      operation: 'expire',
      send: (options) => stripe.checkout.sessions.expire(reference, { expand }, options),
      find: async () => {
        const now = await stripe.checkout.sessions.retrieve(reference, { expand });
        return now.status === 'open' ? null : now;
      },
    });
    return await checkoutOf(stripe, session);
  } catch (error) {
    if (!(error instanceof GatewayRefusal) || error.code === 'unknown_reference') throw error;
    return readCheckout(stripe, reference);
  }
}

/** The page in the port's words, of a session whose intents are expanded. */
async function checkoutOf(stripe: Stripe, session: Stripe.Checkout.Session): Promise<Checkout> {
  const { id, payment_intent: payment, setup_intent: setup } = session;
  const state: Checkout['state'] = session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open';
  return {
    reference: id,
    checkoutId: session.client_reference_id,
    mode: session.mode as Checkout['mode'],
    state,
    url: state === 'open' ? session.url : null,
    charge: payment && typeof payment !== 'string' ? chargeOf(payment, state === 'open') : null,
    setup: setup && typeof setup !== 'string' ? await setupOf(stripe, setup) : null,
    subscription: idOf(session.subscription),
  };
}
