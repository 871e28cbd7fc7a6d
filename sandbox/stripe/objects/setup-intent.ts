import type Stripe from 'stripe';
import { cardFailures, type Failure } from '../declines';
import { Refusal } from '../errors';
import { clientSecretOf, newId } from '../ids';
import { mergeMetadata, metadata, oneOf, text, unsettable, type Inferred } from '../parameters';
import { kind, type Access } from '../resource';
import type { Sandbox } from '../sandbox';
import { asksFor3dSecure, asksForMicrodeposits, assertReturnUrl, assertUsableBy, authenticationFor, awaitMicrodeposits, beginChallenge, choiceOf, chooseMethod, confirmationFields, endChallenge, methodChoiceFields, openChallenge, settleMandate, unexpectedState, type Confirmation } from './confirmation';
import { customerOf } from './customer';
import { attach, createPaymentMethod, instrumentOf, paymentMethod, paymentMethodOf } from './payment-method';

export const setupIntent = kind<Stripe.SetupIntent>({
  object: 'setup_intent',
  prefix: 'seti',
  expandable: { customer: 'customer', payment_method: 'payment_method', mandate: 'mandate' },
});

const describing = {
  customer: text().optional(),
  description: unsettable(text()).optional(),
  metadata: metadata().optional(),
  payment_method: confirmationFields.payment_method,
  payment_method_data: confirmationFields.payment_method_data,
};
export const setupIntentFields = { ...describing, ...methodChoiceFields, usage: oneOf(['off_session', 'on_session']).optional() };
export const setupIntentChanges = { ...describing, excluded_payment_method_types: methodChoiceFields.excluded_payment_method_types, payment_method_options: confirmationFields.payment_method_options };

/** Applies what describes an intent; a payment method is checked and held. */
export function describeSetup(sandbox: Sandbox, intent: Stripe.SetupIntent, { customer, description, metadata: change, payment_method, payment_method_data }: Inferred<typeof describing>): void {
  if (customer) intent.customer = customerOf(sandbox, customer).id;
  if (description !== undefined) intent.description = description;
  intent.metadata = mergeMetadata(intent.metadata, change);
  const method = payment_method_data ? createPaymentMethod(sandbox, payment_method_data) : payment_method ? paymentMethodOf(sandbox, payment_method) : null;
  if (!method) return;
  assertUsableBy(sandbox, intent, method);
  intent.payment_method = method.id;
  if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation';
}

/** An intent to save a payment method that nobody knows of yet. Throws for a customer or a payment method that cannot be. */
export function draftSetupIntent(sandbox: Sandbox, { usage, allowed_payment_method_types, excluded_payment_method_types, automatic_payment_methods, ...described }: Inferred<typeof setupIntentFields>): Stripe.SetupIntent {
  const id = newId('seti');
  const intent: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    application: null,
    cancellation_reason: null,
    client_secret: clientSecretOf(id),
    created: sandbox.now(),
    customer: null,
    customer_account: null,
    description: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } } as Stripe.SetupIntent.PaymentMethodOptions,
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: usage ?? 'off_session',
    ...choiceOf({ allowed_payment_method_types, excluded_payment_method_types, automatic_payment_methods }, 'usd'),
  };
  describeSetup(sandbox, intent, described);
  return intent;
}

/** Keeps a drafted intent and tells of it. */
export function keepSetupIntent(sandbox: Sandbox, intent: Stripe.SetupIntent): Stripe.SetupIntent {
  sandbox.insert(setupIntent, intent);
  sandbox.emit('setup_intent.created', intent);
  return intent;
}

/** Makes an intent to save a payment method and tells of it; it is not confirmed. */
export function createSetupIntent(sandbox: Sandbox, given: Inferred<typeof setupIntentFields>): Stripe.SetupIntent {
  return keepSetupIntent(sandbox, draftSetupIntent(sandbox, given));
}

const failedAuthentication: Failure = {
  type: 'invalid_request_error',
  code: 'setup_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this SetupIntent again.',
};

/** Notes that an attempt failed; the intent waits for another payment method. */
export function failSetup(sandbox: Sandbox, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod, failure: Failure): Failure {
  const before = structuredClone(intent);
  Object.assign(intent, {
    status: 'requires_payment_method',
    next_action: null,
    payment_method: null,
    last_setup_error: { ...failure, doc_url: `https://stripe.com/docs/error-codes/${failure.code.replaceAll('_', '-')}`, payment_method: structuredClone(method), payment_method_type: method.type },
  });
  sandbox.emit('setup_intent.setup_failed', intent, before);
  return failure;
}

/** Saves the method; the failure where the issuer says no. */
export function saveMethod(sandbox: Sandbox, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod): Failure | null {
  const instrument = instrumentOf(sandbox, method.id);
  if (instrument.card?.decline && !instrument.card.canBeAttached) return failSetup(sandbox, intent, method, cardFailures[instrument.card.decline]);
  const before = structuredClone(intent);
  if (intent.customer) attach(sandbox, method, String(intent.customer));
  if (intent.usage === 'off_session') instrument.setUp = true;
  Object.assign(intent, { status: 'succeeded', next_action: null, last_setup_error: null, payment_method: method.id, mandate: instrument.mandate });
  sandbox.emit('setup_intent.succeeded', intent, before);
  return null;
}

function refusalOf(intent: Stripe.SetupIntent, failure: Failure): Refusal {
  return new Refusal(failure.type === 'card_error' ? 402 : 400, { ...failure, setup_intent: structuredClone(intent), payment_method: intent.last_setup_error?.payment_method });
}

/** Finds the payment method of a confirmation. Throws, before anything changed, where the intent cannot be confirmed so. */
export function prepareSetup(sandbox: Sandbox, intent: Stripe.SetupIntent, given: Confirmation, access: Access): Stripe.PaymentMethod {
  if (intent.status === 'succeeded') throw unexpectedState(intent, 'You cannot confirm this SetupIntent because it has already succeeded.');
  if (intent.status === 'canceled') throw unexpectedState(intent, 'You cannot confirm this SetupIntent because it has a status of canceled.');
  assertReturnUrl(intent, given, access);
  const method = chooseMethod(sandbox, intent, given);
  settleMandate(sandbox, intent, method, given);
  return method;
}

/** Confirms an intent: the method is saved, or waits for the customer. A failure is thrown after the intent has noted it. */
export function confirmSetupIntent(sandbox: Sandbox, intent: Stripe.SetupIntent, given: Confirmation, access: Access): Stripe.SetupIntent {
  return attemptSetup(sandbox, intent, prepareSetup(sandbox, intent, given, access), given);
}

/** Makes a prepared attempt to save. Throws like `confirmSetupIntent`. */
export function attemptSetup(sandbox: Sandbox, intent: Stripe.SetupIntent, method: Stripe.PaymentMethod, given: Confirmation): Stripe.SetupIntent {
  intent.payment_method = method.id;
  endChallenge(sandbox, intent.id);
  const instrument = instrumentOf(sandbox, method.id);
  if (instrument.bankAccount && asksForMicrodeposits(given) && !instrument.verified) {
    const before = structuredClone(intent);
    Object.assign(intent, { status: 'requires_action', next_action: awaitMicrodeposits(sandbox, intent) });
    sandbox.emit('setup_intent.requires_action', intent, before);
    return intent;
  }
  const wanted = authenticationFor(instrument, { offSession: false, asked: asksFor3dSecure(given), saving: true });
  if (wanted === 'challenge') {
    const before = structuredClone(intent);
    Object.assign(intent, { status: 'requires_action', next_action: beginChallenge(sandbox, intent, given) });
    sandbox.emit('setup_intent.requires_action', intent, before);
    return intent;
  }
  const failure = wanted === 'none' ? saveMethod(sandbox, intent, method) : failSetup(sandbox, intent, method, wanted);
  if (failure) throw refusalOf(intent, failure);
  return intent;
}

/** The customer passed or failed the challenge. */
export function finishSetupChallenge(sandbox: Sandbox, intent: Stripe.SetupIntent, passed: boolean): void {
  if (!openChallenge(sandbox, intent.id)) return;
  endChallenge(sandbox, intent.id);
  const method = sandbox.get(paymentMethod, String(intent.payment_method));
  if (passed) saveMethod(sandbox, intent, method);
  else failSetup(sandbox, intent, method, failedAuthentication);
}

const cancelable = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export function cancelSetupIntent(sandbox: Sandbox, intent: Stripe.SetupIntent, reason: string | undefined): void {
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(intent, `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a SetupIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`);
  }
  const before = structuredClone(intent);
  endChallenge(sandbox, intent.id);
  Object.assign(intent, { status: 'canceled', cancellation_reason: reason ?? null, next_action: null });
  sandbox.emit('setup_intent.canceled', intent, before);
}
