import Stripe from 'stripe';
import type { Charge, ChargeResult, GatewayCharge } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { idOf, toStripe } from './amounts';
import { chargeOf, isOfCheckout, lacksAuthentication, resultOf } from './charge-result';
import { declineOf } from './declines';
import { asking } from './failures';
import { readMethod } from './methods';
import { writeOnce } from './write-once';

/**
 * Charges a stored method by one payment intent, which carries the attempt's id. A decline is a result. Where the bank
 * wants the customer to confirm a charge that was made without them, the same intent is confirmed again as one of a
 * customer who is there: nothing is charged by that, and the page can go on with its client secret whenever they come.
 */
export async function charge(stripe: Stripe, asked: Charge): Promise<ChargeResult> {
  const customer = asked.customer ?? (await readMethod(stripe, asked.paymentMethod))?.customer;
  if (!customer) return unusable;
  const find = () => findIntent(stripe, customer, asked);
  const known = asked.repeated ? await asking(find) : null;
  const intent = await carriedOut(stripe, known ?? (await createIntent(stripe, { ...asked, customer }, find)), asked);
  return intent === 'unusable' ? unusable : resultOf(intent);
}

type Made = Stripe.PaymentIntent | 'unusable';

/** The intent after what is left to be done for it. */
function carriedOut(stripe: Stripe, intent: Made, asked: Charge): Made | Promise<Made> {
  if (intent === 'unusable') return intent;
  // Stripe failed after it had made the intent and before it charged.
  if (intent.status === 'requires_confirmation') return confirm(stripe, intent, asked, 'confirm', asked.onSession);
  return lacksAuthentication(intent) ? confirm(stripe, intent, asked, 'authenticate', true) : intent;
}

const unusable: ChargeResult = { outcome: 'failed', reference: null, code: 'invalid_method', retryable: false };

function createIntent(stripe: Stripe, asked: Charge & { customer: string }, find: () => Promise<Stripe.PaymentIntent | null>): Promise<Made> {
  const { idempotencyKey, customer, paymentMethod, amountMinor, currency, accountId, onSession, description } = asked;
  const amount = toStripe(amountMinor, currency);
  return writeOnce<Made>({
    key: idempotencyKey,
    operation: 'charge',
    find,
    send: (options) =>
      evenDeclined(() =>
        stripe.paymentIntents.create(
          {
            ...amount,
            customer,
            payment_method: paymentMethod,
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
            confirm: true,
            use_stripe_sdk: true,
            ...(!onSession && { off_session: true }),
            ...(description && { description }),
            metadata: { account: accountId, attempt: idempotencyKey },
          },
          options,
        ),
      ),
  });
}

function confirm(stripe: Stripe, intent: Stripe.PaymentIntent, asked: Charge, operation: string, onSession: boolean): Promise<Made> {
  return writeOnce<Made>({
    key: asked.idempotencyKey,
    operation,
    find: async () => {
      const now = await stripe.paymentIntents.retrieve(intent.id);
      return now.status === intent.status ? null : now;
    },
    send: (options) => evenDeclined(() => stripe.paymentIntents.confirm(intent.id, { payment_method: asked.paymentMethod, use_stripe_sdk: true, ...(!onSession && { off_session: true }) }, options)),
  });
}

/** The intent of the answer or of the error that a decline is; `unusable` when Stripe does not take the method at all. */
async function evenDeclined(send: () => Promise<Stripe.PaymentIntent>): Promise<Made> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { payment_intent: intent, param, code, type } = error;
    if (intent && (type === 'StripeCardError' || intent.last_payment_error || code === 'payment_intent_unexpected_state')) return intent;
    const isMethod = param === 'payment_method' || declineOf({ code }).code === 'invalid_method';
    if (isMethod && type === 'StripeInvalidRequestError') return 'unusable';
    throw error;
  }
}

/** The intent that an earlier request made for the attempt. Throws `GatewayRefusal` when it charges something else. */
async function findIntent(stripe: Stripe, customer: string, { idempotencyKey, amountMinor, currency }: Charge): Promise<Stripe.PaymentIntent | null> {
  for await (const intent of stripe.paymentIntents.list({ customer, limit: 100 })) {
    if (intent.metadata.attempt !== idempotencyKey) continue;
    const { amount, currency: code } = toStripe(amountMinor, currency);
    if (intent.amount !== amount || intent.currency !== code) throw new GatewayRefusal('The key was used for another amount.', 'refused');
    return intent;
  }
  return null;
}

/** The charge as Stripe has it, by the name of its payment intent or, as disputes and refunds name it, of its charge. */
export function readCharge(stripe: Stripe, reference: string): Promise<GatewayCharge> {
  return asking(async () => {
    const name = await intentNameOf(stripe, reference);
    const intent = await stripe.paymentIntents.retrieve(name, { expand: ['latest_charge'] });
    return chargeOf(intent, await isPageOpen(stripe, intent));
  });
}

async function intentNameOf(stripe: Stripe, reference: string): Promise<string> {
  if (!/^(ch|py)_/.test(reference)) return reference;
  const intent = idOf((await stripe.charges.retrieve(reference)).payment_intent);
  if (!intent) throw new GatewayRefusal('The charge was made without a payment intent, so not by us.', 'unknown_reference');
  return intent;
}

/** Whether the customer may still pay on the page that made the intent. Asked only where it matters. */
async function isPageOpen(stripe: Stripe, intent: Stripe.PaymentIntent): Promise<boolean> {
  if (!isOfCheckout(intent) || ['succeeded', 'canceled', 'processing'].includes(intent.status)) return false;
  const { data } = await stripe.checkout.sessions.list({ payment_intent: intent.id, limit: 1 });
  return data[0]?.status === 'open';
}

/** Takes the charge back, unless it went through or is on its way, which Stripe refuses. */
export async function cancelCharge(stripe: Stripe, { idempotencyKey, reference }: { idempotencyKey: string; reference: string }): Promise<ChargeResult> {
  try {
    const canceled = await writeOnce({
      key: idempotencyKey,
      operation: 'cancel',
      send: (options) => stripe.paymentIntents.cancel(reference, {}, options),
      find: async () => {
        const intent = await stripe.paymentIntents.retrieve(reference);
        return intent.status === 'canceled' || intent.status === 'succeeded' ? intent : null;
      },
    });
    return resultOf(canceled);
  } catch (error) {
    if (!(error instanceof GatewayRefusal) || error.code === 'unknown_reference') throw error;
    return (await readCharge(stripe, reference)).result;
  }
}
