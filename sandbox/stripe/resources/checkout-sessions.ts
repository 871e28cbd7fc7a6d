import { currencyCode } from '../amounts';
import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { boolean, hash, integer, list, mergeMetadata, metadata, oneOf, pagination, range, text, unsettable } from '../parameters';
import { checkoutLine, checkoutSession, createSession, detailsOf, makeLine, type CheckoutLine } from '../objects/checkout-session';
import { expireSession, onIntentAccepted, onIntentRefused } from '../objects/checkout-payment';
import { priceData } from '../objects/price';
import { assertTogether, priceOf } from '../objects/subscription-items';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const lineItems = list(
  hash({ price: text().optional(), price_data: priceData.optional(), quantity: integer(1).optional(), metadata: metadata().optional(), adjustable_quantity: hash({ enabled: boolean() }).optional() }),
);

const parameters = {
  adaptive_pricing: hash({ enabled: boolean().optional() }).optional(),
  mode: oneOf(['payment', 'setup', 'subscription']),
  success_url: text(),
  cancel_url: text().optional(),
  client_reference_id: text(200).optional(),
  currency: currencyCode().optional(),
  customer: text().optional(),
  customer_creation: oneOf(['always', 'if_required']).optional(),
  customer_email: text(800).optional(),
  expires_at: integer().optional(),
  line_items: lineItems.optional(),
  locale: text(10).optional(),
  metadata: metadata().optional(),
  payment_intent_data: hash({
    capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
    description: text(1_000).optional(),
    metadata: metadata().optional(),
    setup_future_usage: oneOf(['off_session', 'on_session']).optional(),
  }).optional(),
  allowed_payment_method_types: list(oneOf(['card', 'us_bank_account'])).optional(),
  excluded_payment_method_types: list(oneOf(['card', 'us_bank_account'])).optional(),
  saved_payment_method_options: hash({
    allow_redisplay_filters: list(oneOf(['always', 'limited', 'unspecified'])).optional(),
    payment_method_remove: oneOf(['enabled', 'disabled']).optional(),
    payment_method_save: oneOf(['enabled', 'disabled']).optional(),
  }).optional(),
  setup_intent_data: hash({ description: text(1_000).optional(), metadata: metadata().optional() }).optional(),
  subscription_data: hash({ description: text(500).optional(), metadata: metadata().optional(), trial_end: integer().optional(), trial_period_days: integer(1).optional() }).optional(),
  ui_mode: oneOf(['hosted_page']).optional(),
};

type GivenLine = { price?: string; price_data?: Parameters<typeof priceOf>[1]['price_data']; quantity?: number; metadata?: Record<string, string> | null };

/** What is bought, priced. Throws a `Refusal` where it does not fit the mode. */
function readLines(sandbox: Sandbox, mode: 'payment' | 'setup' | 'subscription', given: GivenLine[] | undefined): CheckoutLine[] {
  if (mode === 'setup') {
    if (given) throw invalidRequest('You can not pass `line_items` in `setup` mode.', { param: 'line_items' });
    return [];
  }
  if (!given || given.length === 0) throw invalidRequest(`You must pass \`line_items\` in \`${mode}\` mode.`, { code: 'parameter_missing', param: 'line_items' });
  const lines = given.map(({ quantity = 1, metadata: kept, ...reference }, index) => makeLine(sandbox, priceOf(sandbox, reference, `line_items[${index}]`), quantity, kept));
  const prices = lines.map((line) => line.price);
  if (mode === 'subscription') assertTogether(prices);
  const index = prices.findIndex((price) => (mode === 'payment' ? price.recurring !== null : false) || price.currency !== prices[0]?.currency);
  if (index >= 0) {
    const wrongCurrency = prices[index]?.currency !== prices[0]?.currency;
    throw invalidRequest(wrongCurrency ? 'All line items must have the same currency.' : 'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.', { param: `line_items[${index}][price]` });
  }
  return lines;
}

function assertAddress(url: string | undefined, param: string): void {
  if (url !== undefined && !/^https?:\/\/[^\s]+$/.test(url)) throw invalidRequest('Not a valid URL', { code: 'url_invalid', param });
}

export const checkoutSessions: Resource = {
  kinds: [checkoutSession, checkoutLine],
  jobs: { 'checkout.expire': expireSession },
  reactions: {
    'payment_intent.succeeded': onIntentAccepted,
    'payment_intent.processing': onIntentAccepted,
    'payment_intent.amount_capturable_updated': onIntentAccepted,
    'setup_intent.succeeded': onIntentAccepted,
    'payment_intent.payment_failed': onIntentRefused,
  },
  routes: [
    post('/v1/checkout/sessions', {
      returns: checkoutSession,
      parameters,
      answer: ({ sandbox, parameters: given }) => {
        const { mode, payment_intent_data, setup_intent_data, subscription_data, saved_payment_method_options: saved } = given;
        assertAddress(given.success_url, 'success_url');
        assertAddress(given.cancel_url, 'cancel_url');
        if (given.customer && given.customer_email) throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', { param: 'customer_email' });
        for (const [name, value, fits] of [['payment_intent_data', payment_intent_data, 'payment'], ['setup_intent_data', setup_intent_data, 'setup'], ['subscription_data', subscription_data, 'subscription']] as const) {
          if (value && mode !== fits) throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name });
        }
        const lines = readLines(sandbox, mode, given.line_items);
        const own = payment_intent_data ?? setup_intent_data ?? subscription_data;
        return createSession(sandbox, {
          mode,
          lines,
          currency: lines[0]?.currency ?? given.currency ?? 'usd',
          description: own?.description,
          metadata: mergeMetadata(null, own?.metadata),
          setupFutureUsage: payment_intent_data?.setup_future_usage,
          captureMethod: payment_intent_data?.capture_method,
          trialDays: subscription_data?.trial_period_days,
          trialEnd: subscription_data?.trial_end,
          successUrl: given.success_url,
          cancelUrl: given.cancel_url ?? null,
          customer: given.customer ?? null,
          customerEmail: given.customer_email ?? null,
          customerCreation: given.customer_creation ?? null,
          clientReferenceId: given.client_reference_id ?? null,
          sessionMetadata: given.metadata,
          expiresAt: given.expires_at,
          locale: given.locale ?? null,
          allowed: given.allowed_payment_method_types,
          excluded: given.excluded_payment_method_types,
          saved: saved
            ? { allow_redisplay_filters: saved.allow_redisplay_filters ?? ['always'], payment_method_remove: saved.payment_method_remove ?? 'disabled', payment_method_save: saved.payment_method_save ?? null }
            : null,
        });
      },
    }),
    get('/v1/checkout/sessions', {
      returns: checkoutSession,
      parameters: {
        ...pagination,
        created: range().optional(),
        customer: text().optional(),
        customer_details: hash({ email: text() }).optional(),
        payment_intent: text().optional(),
        status: oneOf(['open', 'complete', 'expired']).optional(),
        subscription: text().optional(),
      },
      answer: ({ sandbox, parameters: { created, customer, customer_details, payment_intent, status, subscription, ...page } }) =>
        listOf(
          '/v1/checkout/sessions',
          sandbox.rows(checkoutSession).where(
            (one) =>
              isWithin(one.created, created) &&
              (!customer || one.customer === customer) &&
              (!customer_details || one.customer_details?.email === customer_details.email) &&
              (!payment_intent || one.payment_intent === payment_intent) &&
              (!status || one.status === status) &&
              (!subscription || one.subscription === subscription),
          ),
          page,
        ),
    }),
    get('/v1/checkout/sessions/:id', { returns: checkoutSession, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(checkoutSession, path.id!) }),
    post('/v1/checkout/sessions/:id', {
      returns: checkoutSession,
      parameters: { metadata: unsettable(metadata()).optional() },
      answer: ({ sandbox, path, parameters: { metadata: change } }) => {
        const session = sandbox.get(checkoutSession, path.id!);
        session.metadata = mergeMetadata(session.metadata, change);
        return session;
      },
    }),
    get('/v1/checkout/sessions/:id/line_items', {
      returns: checkoutLine,
      parameters: pagination,
      answer: ({ sandbox, path, parameters: page }) => {
        const { id } = sandbox.get(checkoutSession, path.id!);
        return listOf(`/v1/checkout/sessions/${id}/line_items`, [...detailsOf(sandbox, id).lines].reverse(), page);
      },
    }),
    post('/v1/checkout/sessions/:id/expire', {
      returns: checkoutSession,
      parameters: {},
      answer: ({ sandbox, path }) => {
        const session = sandbox.get(checkoutSession, path.id!);
        if (session.status !== 'open') throw invalidRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`);
        expireSession(sandbox, session.id);
        return session;
      },
    }),
  ],
};
