import type Stripe from 'stripe';
import { cardFailures, type Failure } from '../declines';
import { invalidRequest, type Refusal } from '../errors';
import { anyHash, boolean, hash, list, oneOf, text, unsettable, webAddress, type Inferred } from '../parameters';
import { paymentMethodData, type Instrument } from '../payment-method-input';
import type { Access } from '../resource';
import type { Sandbox } from '../sandbox';
import { createMandate, mandateData, type MandateData } from './mandate';
import { assertUnspent, createPaymentMethod, instrumentOf, paymentMethodOf } from './payment-method';

/** The kinds of payment methods that the sandbox has; others may be named, and are never offered. */
const methodTypes = ['card', 'us_bank_account'] as const;
const methodTypeList = () => list(oneOf(['card', 'us_bank_account', 'link', 'paypal', 'sepa_debit', 'cashapp', 'alipay', 'wechat_pay', 'amazon_pay', 'klarna', 'affirm']));

/** What payment intents and setup intents both take when they are made. */
export const methodChoiceFields = {
  allowed_payment_method_types: methodTypeList().optional(),
  excluded_payment_method_types: unsettable(methodTypeList()).optional(),
  automatic_payment_methods: hash({ enabled: boolean(), allow_redirects: oneOf(['always', 'never']).optional() }).optional(),
};
type MethodChoice = Inferred<typeof methodChoiceFields>;

/** What both take when they are confirmed. */
export const confirmationFields = {
  payment_method: text().optional(),
  payment_method_data: hash(paymentMethodData).optional(),
  payment_method_options: anyHash().optional(),
  return_url: webAddress().optional(),
  use_stripe_sdk: boolean().optional(),
  mandate_data: mandateData().optional(),
};
export type Confirmation = Inferred<typeof confirmationFields>;

export type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** Which kinds of payment methods an intent offers, and how that was decided. */
export function choiceOf({ allowed_payment_method_types, excluded_payment_method_types, automatic_payment_methods }: MethodChoice, currency: string) {
  const offered = methodTypes.filter((type) => type === 'card' || currency === 'usd');
  const types = (allowed_payment_method_types ?? offered).filter((type) => (offered as readonly string[]).includes(type) && !excluded_payment_method_types?.includes(type));
  if (types.length === 0) throw invalidRequest('No valid payment method types for this Intent.', { param: 'allowed_payment_method_types' });
  const automatic = automatic_payment_methods ?? (allowed_payment_method_types ? null : { enabled: true });
  return {
    allowed_payment_method_types: allowed_payment_method_types ?? null,
    excluded_payment_method_types: excluded_payment_method_types ?? null,
    automatic_payment_methods: automatic?.enabled ? { enabled: true, allow_redirects: automatic_payment_methods?.allow_redirects ?? ('always' as const) } : null,
    payment_method_types: types as string[],
  };
}

/** Throws unless the caller holds the secret key or this intent's client secret. */
export function assertMaySee(intent: Intent, access: Access, clientSecret: string | undefined): void {
  if (access === 'secret' && clientSecret === undefined) return;
  if (clientSecret === undefined) throw invalidRequest('Missing required param: client_secret.', { code: 'parameter_missing', param: 'client_secret' });
  if (clientSecret !== intent.client_secret) {
    throw invalidRequest(`The client_secret provided does not match the client_secret associated with this ${intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'}.`, { param: 'client_secret' });
  }
}

/** The intent that a page was opened for; null unless the page has its client secret. */
export function intentBySecret(sandbox: Sandbox, id: string, clientSecret: string | null): Intent | null {
  const found = sandbox.find(id) as Intent | undefined;
  const isIntent = found?.object === 'payment_intent' || found?.object === 'setup_intent';
  return isIntent && clientSecret !== null && found.client_secret === clientSecret ? found : null;
}

const shownToBrowsers = [
  'id', 'object', 'amount', 'automatic_payment_methods', 'canceled_at', 'cancellation_reason', 'capture_method', 'client_secret', 'confirmation_method', 'created', 'currency', 'description',
  'last_payment_error', 'last_setup_error', 'livemode', 'next_action', 'payment_method', 'payment_method_types', 'processing', 'receipt_email', 'setup_future_usage', 'shipping', 'status', 'usage',
];

/** An intent as its caller may see it: Stripe.js gets a part. */
export function shownTo(access: Access, intent: Intent): object {
  if (access === 'secret') return intent;
  return Object.fromEntries(Object.entries(intent).filter(([name]) => shownToBrowsers.includes(name)));
}

const nameOf = (intent: Intent): string => (intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent');

/** 400 for what an intent cannot do in its state; it carries the intent. */
export function unexpectedState(intent: Intent, message: string): Refusal {
  return invalidRequest(message, { code: `${intent.object}_unexpected_state`, [intent.object]: structuredClone(intent) });
}

/** Throws where Stripe wants a page to return to: https://docs.stripe.com/api/payment_intents/create#create_payment_intent-return_url */
export function assertReturnUrl(intent: Intent, { return_url, use_stripe_sdk }: Confirmation, access: Access): void {
  const mayRedirect = intent.automatic_payment_methods?.enabled && intent.automatic_payment_methods.allow_redirects !== 'never';
  if (access === 'publishable' || !mayRedirect || return_url || use_stripe_sdk) return;
  throw invalidRequest(
    `This ${nameOf(intent)} is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a \`return_url\`. If you don't want to accept redirect-based payment methods, set \`automatic_payment_methods[enabled]\` to \`true\` and \`automatic_payment_methods[allow_redirects]\` to \`never\` when creating Setup Intents and Payment Intents.`,
    { param: 'return_url' },
  );
}

/** The payment method that a confirmation is about. Throws for none, for a customer's other than the intent's, and for a kind that is not offered. */
export function chooseMethod(sandbox: Sandbox, intent: Intent, { payment_method, payment_method_data }: Confirmation): Stripe.PaymentMethod {
  const held = intent.payment_method as string | null;
  const method = payment_method_data ? createPaymentMethod(sandbox, payment_method_data) : payment_method ? paymentMethodOf(sandbox, payment_method) : held ? paymentMethodOf(sandbox, held) : null;
  if (!method) {
    throw unexpectedState(intent, `You cannot confirm this ${nameOf(intent)} because it's missing a payment method. You can either update the ${nameOf(intent)} with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.`);
  }
  assertUsableBy(sandbox, intent, method);
  return method;
}

/** Throws for a payment method that this intent may not use. */
export function assertUsableBy(sandbox: Sandbox, intent: Intent, method: Stripe.PaymentMethod): void {
  if (!intent.payment_method_types.includes(method.type)) {
    throw invalidRequest(`The PaymentMethod provided (${method.type}) is not allowed for this ${nameOf(intent)}. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(', ')}.`, { code: `${intent.object}_incompatible_payment_method`, param: 'payment_method' });
  }
  if (method.customer && method.customer !== intent.customer) {
    const said = intent.customer ? 'The Customer on the intent is another one.' : `Please include the Customer in the \`customer\` parameter on the ${nameOf(intent)}.`;
    throw invalidRequest(`The provided PaymentMethod cannot be attached. The PaymentMethod ${method.id} belongs to a different Customer. ${said}`, { code: `${intent.object}_invalid_parameter`, param: 'payment_method' });
  }
  assertUnspent(sandbox, method);
}

/** Keeps the customer's agreement to debits of a bank account. Throws where there is none. */
export function settleMandate(sandbox: Sandbox, intent: Intent, method: Stripe.PaymentMethod, { mandate_data }: Confirmation): string | null {
  const instrument = instrumentOf(sandbox, method.id);
  if (!instrument.bankAccount) return null;
  if (mandate_data) return createMandate(sandbox, method, mandate_data as MandateData).id;
  if (instrument.mandate) return instrument.mandate;
  throw invalidRequest(`This ${nameOf(intent)} requires a mandate, but no mandate ID or mandate_data was found. Please provide \`mandate_data\` when confirming.`, { code: `${intent.object}_mandate_invalid`, param: 'mandate_data' });
}

/** Whether the seller asked for 3D Secure itself. */
export function asksFor3dSecure({ payment_method_options }: Confirmation): boolean {
  const card = payment_method_options?.card as { request_three_d_secure?: string } | undefined;
  return card?.request_three_d_secure === 'any' || card?.request_three_d_secure === 'challenge';
}

/** Whether the seller wants a bank account verified by small deposits. */
export function asksForMicrodeposits({ payment_method_options }: Confirmation): boolean {
  const account = payment_method_options?.us_bank_account as { verification_method?: string } | undefined;
  return account?.verification_method === 'microdeposits';
}

/** Waits for the customer to tell which small deposits arrived: https://docs.stripe.com/payments/ach-direct-debit */
export function awaitMicrodeposits(sandbox: Sandbox, intent: Intent): Stripe.PaymentIntent.NextAction {
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: { arrival_date: sandbox.now() + 2 * 24 * 3_600, hosted_verification_url: `${sandbox.url}/_pages/microdeposits/${intent.id}?client_secret=${intent.client_secret}`, microdeposit_type: 'amounts' },
  };
}

/** What a card wants before it pays or is saved: nothing, a challenge, or that it cannot be. */
export function authenticationFor({ card, setUp }: Instrument, { offSession, asked, saving = false }: { offSession: boolean; asked: boolean; saving?: boolean }): 'none' | 'challenge' | Failure {
  switch (card?.authentication) {
    case 'always':
      return offSession ? cardFailures.authentication_required : 'challenge';
    case 'unless_set_up':
      if (!offSession) return 'challenge';
      return setUp ? 'none' : cardFailures.authentication_required;
    case 'on_session':
      return offSession || saving ? 'none' : 'challenge';
    case 'failing':
      return cardFailures.generic_decline;
    case 'optional':
      return asked && !offSession ? 'challenge' : 'none';
    case 'optional_failing':
      return asked ? cardFailures.generic_decline : 'none';
    default:
      return 'none';
  }
}

/** A challenge that waits for the customer, by the intent's id. */
export interface Challenge {
  id: string;
  returnUrl: string | null;
}
const challengeTable = 'challenge';

/** Sends the customer to the challenge page: in a frame for Stripe.js, else by a redirect. */
export function beginChallenge(sandbox: Sandbox, intent: Intent, { return_url, use_stripe_sdk }: Confirmation): Stripe.PaymentIntent.NextAction {
  sandbox.tables.of<Challenge>(challengeTable).insert({ id: intent.id, returnUrl: return_url ?? null });
  const url = `${sandbox.url}/_pages/challenge/${intent.id}?client_secret=${intent.client_secret}`;
  if (return_url && !use_stripe_sdk) return { type: 'redirect_to_url', redirect_to_url: { url, return_url } };
  const action: Record<string, string> = { type: 'three_d_secure_redirect', stripe_js: url, source: `src_${intent.id.split('_')[1]}` };
  return { type: 'use_stripe_sdk', use_stripe_sdk: action };
}

/** The challenge of an intent that is open; null when there is none. */
export function openChallenge(sandbox: Sandbox, id: string): Challenge | null {
  return sandbox.tables.of<Challenge>(challengeTable).get(id) ?? null;
}

export function endChallenge(sandbox: Sandbox, id: string): void {
  sandbox.tables.of<Challenge>(challengeTable).delete(id);
}
