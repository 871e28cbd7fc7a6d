import type Stripe from 'stripe';
import { assertChargeable } from '../amounts';
import { invalidRequest } from '../errors';
import { newId } from '../ids';
import { mergeMetadata } from '../parameters';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { choiceOf } from './confirmation';
import { customerOf } from './customer';
import { amountOf, type Price } from './price';
import { product } from './product';
import { createSetupIntent } from './setup-intent';

export type CheckoutSession = Omit<Stripe.Checkout.Session, 'line_items' | 'customer' | 'payment_intent' | 'setup_intent' | 'mode' | 'status' | 'payment_status' | 'success_url'> & {
  customer: string | null;
  payment_intent: string | null;
  setup_intent: string | null;
  mode: 'payment' | 'setup' | 'subscription';
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  success_url: string;
};

/** As it is sent, but for the decimals of its price. */
export type CheckoutLine = Omit<Stripe.LineItem, 'price'> & { price: Price; quantity: number };

/** What the sandbox keeps of a session beside what the API shows. */
export interface CheckoutDetails {
  /** The session's id. */
  id: string;
  lines: CheckoutLine[];
  /** Of the payment intent, setup intent or subscription that the session makes. */
  description?: string;
  metadata: Record<string, string>;
  setupFutureUsage?: 'on_session' | 'off_session';
  captureMethod?: 'automatic' | 'automatic_async' | 'manual';
  trialDays?: number;
  trialEnd?: number;
  /** What the customer is asked to confirm, once there is one: `pi_…` or `seti_…`. */
  intent: string | null;
  /** Made for this session, shown when it is complete. */
  customer: string | null;
}

const detailsTable = 'checkout_details';
export const detailsOf = (sandbox: Sandbox, id: string): CheckoutDetails => {
  const found = sandbox.tables.of<CheckoutDetails>(detailsTable).get(id);
  if (!found) throw new Error(`The checkout session ${id} has no details.`);
  return found;
};

/** The session that an intent is confirmed for, if it is for one. */
export function sessionOfIntent(sandbox: Sandbox, intentId: string): CheckoutSession | undefined {
  const details = sandbox.tables.of<CheckoutDetails>(detailsTable).where((one) => one.intent === intentId)[0];
  return details && sandbox.rows(checkoutSession).get(details.id);
}

export const checkoutSession = kind<CheckoutSession>({
  object: 'checkout.session',
  prefix: 'cs_test',
  expandable: { customer: 'customer', invoice: 'invoice', payment_intent: 'payment_intent', setup_intent: 'setup_intent', subscription: 'subscription' },
  included: {
    line_items: { object: 'item', make: ({ id }, sandbox) => ({ object: 'list', data: detailsOf(sandbox, id).lines, has_more: false, url: `/v1/checkout/sessions/${id}/line_items` }) },
  },
});

/** For `line_items.data.price.product`. */
export const checkoutLine = kind<CheckoutLine>({ object: 'item', prefix: 'li', expandable: { 'price.product': 'product' } });

export function makeLine(sandbox: Sandbox, price: Price, quantity: number, metadata: Record<string, string> | null | undefined): CheckoutLine {
  const amount = amountOf(price, quantity);
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: sandbox.rows(product).get(price.product)?.name ?? null,
    metadata: mergeMetadata(null, metadata),
    price,
    quantity,
  };
}

export interface SessionDetails extends Omit<CheckoutDetails, 'id' | 'intent' | 'customer'> {
  mode: CheckoutSession['mode'];
  currency: string;
  successUrl: string;
  cancelUrl: string | null;
  customer: string | null;
  customerEmail: string | null;
  customerCreation: 'always' | 'if_required' | null;
  clientReferenceId: string | null;
  sessionMetadata: Record<string, string> | null | undefined;
  expiresAt?: number;
  locale: string | null;
  allowed?: MethodType[];
  excluded?: MethodType[];
  saved: { allow_redisplay_filters: ('always' | 'limited' | 'unspecified')[] | null; payment_method_remove: 'enabled' | 'disabled' | null; payment_method_save: 'enabled' | 'disabled' | null } | null;
}

/** Kinds of methods that the page offers. */
export type MethodType = 'card' | 'us_bank_account';

export const methodTypesOf = ({ payment_method_types: types }: CheckoutSession): MethodType[] => types.filter((type): type is MethodType => type === 'card' || type === 'us_bank_account');

const day = 86_400;

function expiryOf(sandbox: Sandbox, wanted: number | undefined): number {
  const now = sandbox.now();
  if (wanted === undefined) return now + day;
  // A few seconds more than Stripe says: the request was on its way.
  if (wanted < now + 30 * 60 - 30 || wanted > now + day + 30) {
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.', { param: 'expires_at' });
  }
  return wanted;
}

/** A new session that waits for its customer on a page of the sandbox. Throws a `Refusal`. */
export function createSession(sandbox: Sandbox, given: SessionDetails): CheckoutSession {
  const { mode, lines, description, metadata, setupFutureUsage, captureMethod, trialDays, trialEnd } = given;
  const payer = given.customer ? customerOf(sandbox, given.customer) : undefined;
  const free = mode === 'setup' || trialDays !== undefined || trialEnd !== undefined;
  const total = free ? 0 : lines.reduce((sum, line) => sum + line.amount_total, 0);
  if (!free && total > 0) assertChargeable(total, given.currency);
  if (!free && total === 0 && mode === 'payment') throw invalidRequest('The Checkout Session\'s total amount must convert to at least 50 cents.', { code: 'amount_too_small', param: 'line_items' });
  const types = choiceOf({ allowed_payment_method_types: given.allowed, excluded_payment_method_types: given.excluded }, given.currency).payment_method_types;
  const id = newId('cs_test');
  const expiresAt = expiryOf(sandbox, given.expiresAt);
  const setup = mode === 'setup' ? createSetupIntent(sandbox, { customer: payer?.id, description, metadata, usage: 'off_session', allowed_payment_method_types: given.allowed, excluded_payment_method_types: given.excluded }) : undefined;
  sandbox.tables.of<CheckoutDetails>(detailsTable).insert({ id, lines, description, metadata, setupFutureUsage, captureMethod, trialDays, trialEnd, intent: setup?.id ?? null, customer: null });
  const amounts = mode === 'setup' ? { amount_subtotal: null, amount_total: null, total_details: null } : { amount_subtotal: total, amount_total: total, total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } };
  const made = sandbox.insert(checkoutSession, {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: given.allowed ?? null,
    ...amounts,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: given.cancelUrl,
    client_reference_id: given.clientReferenceId,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: sandbox.now(),
    currency: mode === 'setup' && lines.length === 0 ? null : given.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: payer?.id ?? null,
    customer_account: null,
    customer_creation: payer ? null : (given.customerCreation ?? (mode === 'subscription' ? 'always' : 'if_required')),
    customer_details: detailsOfCustomer(payer?.email ?? given.customerEmail),
    customer_email: given.customerEmail,
    discounts: [],
    ...(given.excluded && { excluded_payment_method_types: given.excluded }),
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: given.locale,
    managed_payments: null,
    metadata: mergeMetadata(null, given.sessionMetadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: mode === 'subscription' ? 'always' : 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: types,
    payment_status: free ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: given.saved ?? (payer ? { allow_redisplay_filters: ['always'], payment_method_remove: 'disabled', payment_method_save: null } : null),
    setup_intent: setup?.id ?? null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: given.successUrl,
    ui_mode: 'hosted_page',
    url: `${sandbox.url}/_pages/checkout/${id}`,
    wallet_options: null,
  } satisfies CheckoutSession);
  sandbox.later('checkout.expire', id, expiresAt * 1000 - sandbox.clock.now());
  return made;
}

/** What is known of who pays. */
export function detailsOfCustomer(email: string | null, name: string | null = null): Stripe.Checkout.Session.CustomerDetails | null {
  return email === null ? null : { address: null, business_name: null, email, individual_name: null, name, phone: null, tax_exempt: 'none', tax_ids: [] };
}

/** Where the customer goes after payment. */
export function successUrlOf({ id, success_url }: CheckoutSession): string {
  return success_url.replaceAll('{CHECKOUT_SESSION_ID}', id);
}
