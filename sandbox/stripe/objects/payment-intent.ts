import type Stripe from 'stripe';
import { assertChargeable, currencyCode } from '../amounts';
import { invalidRequest } from '../errors';
import { clientSecretOf, newId } from '../ids';
import { address, anyHash, boolean, hash, integer, mergeMetadata, metadata, oneOf, text, unsettable, type Inferred } from '../parameters';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { bookCharge, charge } from './charge';
import { assertUsableBy, choiceOf, confirmationFields, endChallenge, methodChoiceFields, unexpectedState } from './confirmation';
import { customerOf } from './customer';
import { createPaymentMethod, instrumentOf, noAddress, paymentMethodOf } from './payment-method';

export const paymentIntent = kind<Stripe.PaymentIntent>({
  object: 'payment_intent',
  prefix: 'pi',
  expandable: { customer: 'customer', payment_method: 'payment_method', latest_charge: 'charge', 'last_payment_error.payment_method': 'payment_method' },
});

const describing = {
  customer: text().optional(),
  description: unsettable(text(1_000)).optional(),
  metadata: metadata().optional(),
  receipt_email: unsettable(text()).optional(),
  setup_future_usage: unsettable(oneOf(['off_session', 'on_session'])).optional(),
  shipping: unsettable(hash({ address: address(), name: text(), carrier: text().optional(), phone: unsettable(text()).optional(), tracking_number: text().optional() })).optional(),
  statement_descriptor: unsettable(text(22)).optional(),
  statement_descriptor_suffix: unsettable(text(22)).optional(),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  payment_method: confirmationFields.payment_method,
  payment_method_data: confirmationFields.payment_method_data,
  payment_method_options: confirmationFields.payment_method_options,
};

/** What `POST /v1/payment_intents` takes, besides what a confirmation takes. */
export const paymentIntentFields = { ...describing, ...methodChoiceFields, amount: integer(), currency: currencyCode(), confirmation_method: oneOf(['automatic', 'manual']).optional(), radar_options: anyHash().optional() };
export const paymentIntentChanges = { ...describing, amount: integer().optional(), currency: currencyCode().optional(), excluded_payment_method_types: methodChoiceFields.excluded_payment_method_types };

/** What may be agreed to when a payment is confirmed, besides how it is paid. */
export const paymentConfirmationFields = {
  ...confirmationFields,
  off_session: boolean().optional(),
  error_on_requires_action: boolean().optional(),
  setup_future_usage: describing.setup_future_usage,
  receipt_email: describing.receipt_email,
  shipping: describing.shipping,
  capture_method: describing.capture_method,
};

export type PaymentIntentFields = Inferred<typeof paymentIntentFields> & { amount: number; currency: string };

function shippingOf(given: PaymentIntentFields['shipping']): Stripe.PaymentIntent.Shipping | null {
  if (!given) return null;
  return { name: given.name, phone: given.phone ?? null, carrier: given.carrier ?? null, tracking_number: given.tracking_number ?? null, address: { ...noAddress, ...given.address } };
}

/** Applies what describes an intent; a payment method is checked and held. */
export function describeIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent, given: Inferred<typeof describing>): void {
  const { customer, metadata: change, shipping, payment_method, payment_method_data, payment_method_options: _, ...plain } = given;
  if (customer) intent.customer = customerOf(sandbox, customer).id;
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) Object.assign(intent, { [name]: value });
  if (shipping !== undefined) intent.shipping = shippingOf(shipping);
  intent.metadata = mergeMetadata(intent.metadata, change);
  const method = payment_method_data ? createPaymentMethod(sandbox, payment_method_data) : payment_method ? paymentMethodOf(sandbox, payment_method) : null;
  if (!method) return;
  assertUsableBy(sandbox, intent, method);
  intent.payment_method = method.id;
  if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation';
}

/** An intent to pay that nobody knows of yet. Throws for an amount, a customer or a payment method that cannot be. */
export function draftPaymentIntent(sandbox: Sandbox, given: PaymentIntentFields): Stripe.PaymentIntent {
  const { amount, currency, allowed_payment_method_types, excluded_payment_method_types, automatic_payment_methods, confirmation_method, radar_options: _, ...described } = given;
  assertChargeable(amount, currency);
  const id = newId('pi');
  const intent: Stripe.PaymentIntent = {
    id,
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: clientSecretOf(id),
    confirmation_method: confirmation_method ?? 'automatic',
    created: sandbox.now(),
    currency,
    customer: null,
    customer_account: null,
    description: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } } as Stripe.PaymentIntent.PaymentMethodOptions,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...choiceOf({ allowed_payment_method_types, excluded_payment_method_types, automatic_payment_methods }, currency),
  };
  describeIntent(sandbox, intent, described);
  return intent;
}

/** Keeps a drafted intent and tells of it. */
export function keepPaymentIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  sandbox.insert(paymentIntent, intent);
  sandbox.emit('payment_intent.created', intent);
  return intent;
}

/** Makes an intent to pay and tells of it; it is not confirmed. */
export function createPaymentIntent(sandbox: Sandbox, given: PaymentIntentFields): Stripe.PaymentIntent {
  return keepPaymentIntent(sandbox, draftPaymentIntent(sandbox, given));
}

const changeable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Changes an intent that is not under way. */
export function updatePaymentIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent, given: Inferred<typeof paymentIntentChanges>): void {
  const { amount = intent.amount, currency = intent.currency, excluded_payment_method_types: _, ...described } = given;
  const harmless = Object.entries(given).every(([name, value]) => value === undefined || ['metadata', 'description', 'receipt_email'].includes(name));
  if (!harmless && !changeable.includes(intent.status)) {
    throw unexpectedState(intent, `This PaymentIntent's parameters could not be updated because it has a status of ${intent.status}. You may only update a PaymentIntent with one of the following statuses: ${changeable.join(', ')}.`);
  }
  if (!harmless) assertChargeable(amount, currency);
  Object.assign(intent, { amount, currency });
  describeIntent(sandbox, intent, described);
}

/** Gives an intent up; a hold on the card is released. */
export function cancelPaymentIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent, reason: string | undefined): void {
  const cancelable = [...changeable, 'requires_capture', 'processing'];
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(intent, `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`);
  }
  const before = structuredClone(intent);
  const held = intent.latest_charge ? sandbox.rows(charge).get(String(intent.latest_charge)) : undefined;
  if (held && intent.status === 'requires_capture') {
    Object.assign(held, { refunded: true, amount_refunded: held.amount });
    sandbox.emit('charge.refunded', held);
  }
  if (held && intent.status === 'processing') {
    Object.assign(held, { status: 'failed', failure_code: 'canceled', failure_message: 'The payment was canceled.', captured: false, amount_captured: 0 });
    sandbox.emit('charge.failed', held);
  }
  Object.assign(intent, { status: 'canceled', canceled_at: sandbox.now(), cancellation_reason: reason ?? null, next_action: null, amount_capturable: 0, processing: null });
  endChallenge(sandbox, intent.id);
  sandbox.schedule.remove('settle_payment', intent.id);
  sandbox.emit('payment_intent.canceled', intent, before);
}

/** Takes what a card was held for, or less. */
export function capturePaymentIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent, amount = intent.amount_capturable): void {
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(intent, `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`);
  }
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidRequest(`The payment intent amount to capture (${amount}) must be between 1 and the amount that is capturable (${intent.amount_capturable}).`, { code: 'amount_too_large', param: 'amount_to_capture' });
  }
  const held = sandbox.get(charge, String(intent.latest_charge));
  const beforeCharge = structuredClone(held);
  Object.assign(held, { captured: true, amount_captured: amount });
  bookCharge(sandbox, held, instrumentOf(sandbox, String(held.payment_method)));
  sandbox.emit('charge.captured', held, beforeCharge);
  const before = structuredClone(intent);
  Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
  sandbox.emit('payment_intent.succeeded', intent, before);
}
