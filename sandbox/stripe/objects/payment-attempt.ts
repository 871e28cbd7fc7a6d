import type Stripe from 'stripe';
import { cardFailures, debitFailureOf, debitFailures, type Failure } from '../declines';
import { Refusal } from '../errors';
import type { Inferred } from '../parameters';
import type { Access } from '../resource';
import type { Sandbox } from '../sandbox';
import { bookCharge, charge, createCharge } from './charge';
import { asksFor3dSecure, asksForMicrodeposits, assertReturnUrl, authenticationFor, awaitMicrodeposits, beginChallenge, chooseMethod, endChallenge, openChallenge, settleMandate, unexpectedState } from './confirmation';
import { openDispute } from './dispute';
import { warnOfFraud } from './early-fraud-warning';
import { describeIntent, paymentIntent, type paymentConfirmationFields } from './payment-intent';
import { attach, instrumentOf, paymentMethod, spend } from './payment-method';

type PaymentConfirmation = Inferred<typeof paymentConfirmationFields>;

const cannotConfirm: Record<string, string> = {
  succeeded: 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
  canceled: 'You cannot confirm this PaymentIntent because it has a status of canceled.',
  processing: 'You cannot confirm this PaymentIntent because it is already processing.',
  requires_capture: 'You cannot confirm this PaymentIntent because it has already been authorized and requires capture.',
};

const failedAuthentication: Failure = {
  type: 'invalid_request_error',
  code: 'payment_intent_authentication_failure',
  message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
};

/** The error that a failed attempt is answered with: it carries the intent. */
function refusalOf(intent: Stripe.PaymentIntent, failure: Failure): Refusal {
  const { payment_method, charge: charged } = intent.last_payment_error ?? {};
  return new Refusal(failure.type === 'card_error' ? 402 : 400, { ...failure, ...(charged && { charge: charged }), payment_intent: structuredClone(intent), payment_method });
}

/** Notes that an attempt failed; the intent waits for another payment method. */
export function failPayment(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, failure: Failure, charged?: Stripe.Charge): void {
  const before = structuredClone(intent);
  Object.assign(intent, {
    status: 'requires_payment_method',
    next_action: null,
    payment_method: null,
    processing: null,
    ...(charged && { latest_charge: charged.id }),
    last_payment_error: {
      ...(charged && { charge: charged.id }),
      ...failure,
      doc_url: `https://stripe.com/docs/error-codes/${failure.code.replaceAll('_', '-')}`,
      payment_method: structuredClone(method),
      payment_method_type: method.type,
    },
  });
  sandbox.emit('payment_intent.payment_failed', intent, before);
}

/** What follows a payment that went through: the method is kept where that was agreed, and some cards are disputed. */
function afterPayment(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, paid: Stripe.Charge): void {
  const dispute = instrumentOf(sandbox, method.id).card?.dispute;
  if (dispute === 'early_fraud_warning') warnOfFraud(sandbox, paid);
  else if (dispute) openDispute(sandbox, paid, dispute === 'inquiry' ? 'fraudulent' : dispute, { inquiry: dispute === 'inquiry' });
  if (instrumentOf(sandbox, method.id).bankAccount?.outcome === 'disputed') openDispute(sandbox, paid, 'debit_not_authorized');
}

function keepMethod(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  if (intent.setup_future_usage && intent.customer) {
    attach(sandbox, method, String(intent.customer));
    if (intent.setup_future_usage === 'off_session') instrumentOf(sandbox, method.id).setUp = true;
  } else if (!method.customer) spend(sandbox, method);
}

/** Charges a card; the failure where the issuer says no. */
function chargeCard(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, authenticated: boolean): Failure | null {
  const instrument = instrumentOf(sandbox, method.id);
  const failure = instrument.card?.decline ? cardFailures[instrument.card.decline] : null;
  const manual = intent.capture_method === 'manual';
  const made = createCharge(sandbox, { intent, method, instrument, authenticated, outcome: failure ?? (manual ? 'authorised' : 'paid') });
  if (failure) {
    failPayment(sandbox, intent, method, failure, made);
    return failure;
  }
  const before = structuredClone(intent);
  Object.assign(intent, { latest_charge: made.id, next_action: null, last_payment_error: null, payment_method: method.id });
  if (manual) {
    Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount });
    sandbox.emit('payment_intent.amount_capturable_updated', intent, before);
  } else {
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
    sandbox.emit('payment_intent.succeeded', intent, before);
  }
  keepMethod(sandbox, intent, method);
  if (!manual) afterPayment(sandbox, intent, method, made);
  return null;
}

/** Asks a bank for a debit, which takes a while. */
export function beginDebit(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): void {
  const instrument = instrumentOf(sandbox, method.id);
  const made = createCharge(sandbox, { intent, method, instrument, authenticated: false, outcome: 'pending' });
  const before = structuredClone(intent);
  Object.assign(intent, { status: 'processing', latest_charge: made.id, payment_method: method.id, last_payment_error: null, next_action: null });
  keepMethod(sandbox, intent, method);
  sandbox.emit('payment_intent.processing', intent, before);
  if (instrument.bankAccount?.outcome !== 'stays') sandbox.later('settle_payment', intent.id);
}

/** The bank answers a debit: by the test account's number, unless told how. */
export function settlePayment(sandbox: Sandbox, intent: Stripe.PaymentIntent, told?: 'succeed' | Failure): void {
  if (intent.status !== 'processing') throw unexpectedState(intent, `Only a PaymentIntent with a status of processing settles; this one is ${intent.status}.`);
  sandbox.schedule.remove('settle_payment', intent.id);
  const paid = sandbox.get(charge, String(intent.latest_charge));
  const method = sandbox.get(paymentMethod, String(intent.payment_method));
  const instrument = instrumentOf(sandbox, method.id);
  const failure = told === 'succeed' ? null : (told ?? debitFailureOf(instrument.bankAccount?.outcome ?? 'succeeds'));
  const beforeCharge = structuredClone(paid);
  if (failure) {
    Object.assign(paid, { status: 'failed', paid: false, captured: false, amount_captured: 0, failure_code: failure.code, failure_message: failure.message });
    sandbox.emit('charge.failed', paid, beforeCharge);
    return failPayment(sandbox, intent, method, failure, paid);
  }
  Object.assign(paid, { status: 'succeeded', paid: true });
  bookCharge(sandbox, paid, instrument);
  sandbox.emit('charge.succeeded', paid, beforeCharge);
  const before = structuredClone(intent);
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
  sandbox.emit('payment_intent.succeeded', intent, before);
  afterPayment(sandbox, intent, method, paid);
}

/** The job that has a bank answer. */
export function settlePaymentJob(sandbox: Sandbox, id: string): void {
  const intent = sandbox.rows(paymentIntent).get(id);
  if (intent?.status === 'processing') settlePayment(sandbox, intent);
}

/** The intent was authenticated for a confirmation by hand that is still to come. */
const authenticatedTable = 'authenticated_intent';

/** Finds the payment method of a confirmation. Throws, before anything changed, where the intent cannot be confirmed so. */
export function prepareAttempt(sandbox: Sandbox, intent: Stripe.PaymentIntent, given: PaymentConfirmation, access: Access): Stripe.PaymentMethod {
  const said = cannotConfirm[intent.status];
  if (said) throw unexpectedState(intent, said);
  assertReturnUrl(intent, given, access);
  const method = chooseMethod(sandbox, intent, given);
  settleMandate(sandbox, intent, method, given);
  return method;
}

/**
 * Confirms an intent: it is paid, waits for the customer or the bank, or fails. A failure is thrown as Stripe's error,
 * after the intent has noted it.
 */
export function confirmPaymentIntent(sandbox: Sandbox, intent: Stripe.PaymentIntent, given: PaymentConfirmation, access: Access): Stripe.PaymentIntent {
  return attemptPayment(sandbox, intent, prepareAttempt(sandbox, intent, given, access), given);
}

/** Makes a prepared attempt to pay. Throws like `confirmPaymentIntent`. */
export function attemptPayment(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, given: PaymentConfirmation): Stripe.PaymentIntent {
  const { setup_future_usage, receipt_email, shipping, capture_method, off_session = false } = given;
  const instrument = instrumentOf(sandbox, method.id);
  describeIntent(sandbox, intent, { setup_future_usage, receipt_email, shipping, capture_method });
  intent.payment_method = method.id;
  endChallenge(sandbox, intent.id);
  if (instrument.bankAccount) {
    if (asksForMicrodeposits(given) && !instrument.verified) {
      const before = structuredClone(intent);
      Object.assign(intent, { status: 'requires_action', next_action: awaitMicrodeposits(sandbox, intent) });
      sandbox.emit('payment_intent.requires_action', intent, before);
      return intent;
    }
    if (instrument.bankAccount.outcome === 'blocked') return refuse(sandbox, intent, method, debitFailures.blocked);
    beginDebit(sandbox, intent, method);
    return intent;
  }
  const passed = sandbox.tables.of(authenticatedTable).get(intent.id) !== undefined;
  sandbox.tables.of(authenticatedTable).delete(intent.id);
  const wanted = passed ? 'none' : authenticationFor(instrument, { offSession: off_session, asked: asksFor3dSecure(given) });
  if (wanted === 'challenge' && given.error_on_requires_action) return refuse(sandbox, intent, method, cardFailures.authentication_required);
  if (wanted === 'challenge') {
    const before = structuredClone(intent);
    Object.assign(intent, { status: 'requires_action', next_action: beginChallenge(sandbox, intent, given) });
    sandbox.emit('payment_intent.requires_action', intent, before);
    return intent;
  }
  if (wanted !== 'none') return refuse(sandbox, intent, method, wanted);
  const failure = chargeCard(sandbox, intent, method, passed);
  if (failure) throw refusalOf(intent, failure);
  return intent;
}

/** Fails with a charge of its own, as an issuer's refusal has one, and throws the error. */
function refuse(sandbox: Sandbox, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, failure: Failure): never {
  const made = createCharge(sandbox, { intent, method, instrument: instrumentOf(sandbox, method.id), authenticated: false, outcome: failure });
  failPayment(sandbox, intent, method, failure, made);
  throw refusalOf(intent, failure);
}

/** The customer passed or failed the challenge. What follows is told by the intent. */
export function finishPaymentChallenge(sandbox: Sandbox, intent: Stripe.PaymentIntent, passed: boolean): void {
  if (!openChallenge(sandbox, intent.id)) return;
  endChallenge(sandbox, intent.id);
  const method = sandbox.get(paymentMethod, String(intent.payment_method));
  if (!passed) return failPayment(sandbox, intent, method, failedAuthentication);
  if (intent.confirmation_method === 'manual') {
    sandbox.tables.of(authenticatedTable).insert({ id: intent.id });
    Object.assign(intent, { status: 'requires_confirmation', next_action: null });
    return;
  }
  chargeCard(sandbox, intent, method, true);
}
