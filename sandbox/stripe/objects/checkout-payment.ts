import type Stripe from 'stripe';
import type { PayAnswer } from '../browser/checkout/session-view';
import { invalidRequest, Refusal } from '../errors';
import type { Sandbox } from '../sandbox';
import { checkoutSession, detailsOf, methodTypesOf, detailsOfCustomer, sessionOfIntent, successUrlOf, type CheckoutDetails, type CheckoutSession } from './checkout-session';
import { createCustomer, customer } from './customer';
import { confirmPaymentIntent } from './payment-attempt';
import { cancelPaymentIntent, createPaymentIntent, paymentIntent } from './payment-intent';
import { paymentMethod } from './payment-method';
import { cancelSetupIntent, confirmSetupIntent, createSetupIntent, setupIntent } from './setup-intent';
import { beginSubscription } from './subscription-life';

/** What the customer chose on the page. */
export interface Choice {
  paymentMethod: string;
  email: string;
  /** Keep the method for payments to come. */
  save: boolean;
}

/** The customer of the session, made when it needs one and has none; undefined for a guest. */
function payerOf(sandbox: Sandbox, session: CheckoutSession, details: CheckoutDetails, email: string): string | undefined {
  const known = session.customer ?? details.customer;
  if (known) return known;
  const needed = session.mode === 'subscription' || session.customer_creation === 'always' || details.setupFutureUsage !== undefined;
  if (!needed) return undefined;
  details.customer = createCustomer(sandbox, { email }).id;
  return details.customer;
}

/** The one intent of the session, however often the customer tries. */
function intentOf(sandbox: Sandbox, session: CheckoutSession, details: CheckoutDetails, payer: string | undefined): string {
  if (details.intent) return details.intent;
  const amount = session.amount_total ?? 0;
  const common = { customer: payer, allowed_payment_method_types: methodTypesOf(session) };
  const ofSubscription = session.mode === 'subscription';
  if (amount === 0) details.intent = createSetupIntent(sandbox, { ...common, usage: 'off_session' }).id;
  else {
    const { description, metadata, setupFutureUsage, captureMethod } = details;
    const own = ofSubscription ? { description: 'Subscription creation', setup_future_usage: 'off_session' as const } : { description, metadata, setup_future_usage: setupFutureUsage, capture_method: captureMethod };
    details.intent = createPaymentIntent(sandbox, { ...common, ...own, amount, currency: session.currency ?? 'usd' }).id;
    if (!ofSubscription) session.payment_intent = details.intent;
  }
  return details.intent;
}

function assertChoosable(sandbox: Sandbox, session: CheckoutSession, id: string): Stripe.PaymentMethod {
  const method = sandbox.get(paymentMethod, id, 'payment_method');
  if (method.customer && method.customer !== session.customer) throw invalidRequest('This payment method belongs to another customer.', { param: 'payment_method' });
  if (!session.payment_method_types.includes(method.type)) throw invalidRequest(`This checkout does not take ${method.type}.`, { param: 'payment_method' });
  return method;
}

/** Confirms the session's intent with what the customer chose. A checkout that is over says so and charges nothing. */
export function payForSession(sandbox: Sandbox, session: CheckoutSession, choice: Choice): PayAnswer {
  if (session.status === 'complete') return { kind: 'complete', successUrl: successUrlOf(session) };
  if (session.status === 'expired') return { kind: 'closed' };
  const details = detailsOf(sandbox, session.id);
  try {
    const method = assertChoosable(sandbox, session, choice.paymentMethod);
    const payer = payerOf(sandbox, session, details, choice.email);
    session.customer_details = detailsOfCustomer(choice.email, method.billing_details.name);
    const id = intentOf(sandbox, session, details, payer);
    const agreed = method.type === 'us_bank_account' ? { mandate_data: { customer_acceptance: { type: 'online' as const, online: {} } } } : {};
    const confirmation = { payment_method: method.id, use_stripe_sdk: true, ...agreed };
    const keeps = choice.save && payer !== undefined;
    if (keeps) method.allow_redisplay = 'always';
    const intent = id.startsWith('seti_')
      ? confirmSetupIntent(sandbox, sandbox.get(setupIntent, id), confirmation, 'secret')
      : confirmPaymentIntent(sandbox, sandbox.get(paymentIntent, id), { ...confirmation, ...(keeps && !details.setupFutureUsage && { setup_future_usage: 'on_session' as const }) }, 'secret');
    if (intent.status === 'requires_action' && intent.client_secret) return { kind: 'challenge', clientSecret: intent.client_secret };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code = null, decline_code: declineCode = null, message } = error.body;
    return { kind: 'declined', code, declineCode, message };
  }
  // What the intent became has been told to this session by then.
  return { kind: 'complete', successUrl: successUrlOf(session) };
}

/** Ends an open session with what was agreed. */
function complete(sandbox: Sandbox, session: CheckoutSession, intent: Stripe.PaymentIntent | Stripe.SetupIntent): void {
  const details = detailsOf(sandbox, session.id);
  sandbox.schedule.remove('checkout.expire', session.id);
  const isPaid = intent.object === 'payment_intent' && intent.status === 'succeeded';
  Object.assign(session, { status: 'complete', url: null, customer: session.customer ?? details.customer, payment_status: intent.object === 'setup_intent' ? 'no_payment_required' : isPaid ? 'paid' : 'unpaid' } satisfies Partial<CheckoutSession>);
  if (session.mode === 'subscription' && session.customer) {
    const method = String(intent.payment_method);
    const begun = beginSubscription(
      sandbox,
      {
        customer: session.customer,
        items: details.lines.map(({ price, quantity }) => ({ price, quantity })),
        default_payment_method: method,
        description: details.description,
        metadata: details.metadata,
        trialEnd: details.trialEnd ?? (details.trialDays === undefined ? undefined : sandbox.now() + details.trialDays * 86_400),
      },
      intent.object === 'payment_intent' ? intent : undefined,
    );
    Object.assign(session, { subscription: begun.row.id, invoice: begun.first.id });
  }
  sandbox.emit('checkout.session.completed', session);
}

/** A payment intent went through, or its bank debit is under way. */
export function onIntentAccepted(sandbox: Sandbox, intent: Stripe.PaymentIntent | Stripe.SetupIntent): void {
  const session = sessionOfIntent(sandbox, intent.id);
  if (session?.status === 'open') return complete(sandbox, session, intent);
  if (session?.status !== 'complete' || session.payment_status !== 'unpaid' || intent.status !== 'succeeded') return;
  session.payment_status = 'paid';
  // A capture is the seller's own doing and no news.
  if (intent.object === 'setup_intent' || intent.capture_method === 'manual') return;
  sandbox.emit('checkout.session.async_payment_succeeded', session);
}

/** A bank debit came back after the customer had left. */
export function onIntentRefused(sandbox: Sandbox, intent: Stripe.PaymentIntent): void {
  const session = sessionOfIntent(sandbox, intent.id);
  if (session?.status === 'complete' && session.payment_status === 'unpaid') sandbox.emit('checkout.session.async_payment_failed', session);
}

/** Closes an open session: its page takes no payment any more, nor does an intent that was begun. */
export function expireSession(sandbox: Sandbox, id: string): void {
  const session = sandbox.rows(checkoutSession).get(id);
  if (session?.status !== 'open') return;
  sandbox.schedule.remove('checkout.expire', id);
  Object.assign(session, { status: 'expired', url: null } satisfies Partial<CheckoutSession>);
  const { intent } = detailsOf(sandbox, id);
  if (intent?.startsWith('pi_')) cancelPaymentIntent(sandbox, sandbox.get(paymentIntent, intent), 'automatic');
  else if (intent) cancelSetupIntent(sandbox, sandbox.get(setupIntent, intent), 'abandoned');
  sandbox.emit('checkout.session.expired', session);
}

/** Cards that the page offers: those the customer agreed to see again. */
export function savedMethodsOf(sandbox: Sandbox, session: CheckoutSession): Stripe.PaymentMethod[] {
  const owner = session.customer ? sandbox.rows(customer).get(session.customer) : undefined;
  if (!owner || owner.deleted || session.mode === 'setup') return [];
  const filters = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
  return sandbox.rows(paymentMethod).where((one) => one.customer === owner.id && one.type === 'card' && filters.includes(one.allow_redisplay ?? 'unspecified'));
}
