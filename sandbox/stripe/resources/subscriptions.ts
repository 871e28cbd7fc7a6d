import type Stripe from 'stripe';
import { invalidRequest, missing, Refusal } from '../errors';
import { isWithin, listOf } from '../lists';
import { anyHash, boolean, hash, integer, list, mergeMetadata, metadata, oneOf, pagination, range, text, unsettable } from '../parameters';
import { get, post, remove, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';
import { customerOf } from '../objects/customer';
import { defaultMethodOf, payInvoice } from '../objects/invoice-collection';
import { paymentMethod } from '../objects/payment-method';
import { changedItems, itemChangeParameters, itemParameters, readItems } from '../objects/subscription-items';
import { beginSubscription, changeSubscription, endSubscription, expireIncomplete, onCustomerDeleted, onDebitBegun, onInvoicePaid, onInvoiceRefused, onPauseOver, onPeriodOver, schedulePauseEnd, scheduleRenewal } from '../objects/subscription-life';
import { currentPeriod, subscription, type Subscription } from '../objects/subscription';

const day = 86_400;
const paymentSettings = hash({
  payment_method_options: anyHash().optional(),
  payment_method_types: list(text()).optional(),
  save_default_payment_method: oneOf(['on_subscription', 'off']).optional(),
}).optional();
const cancellationDetails = hash({ comment: unsettable(text()).optional(), feedback: unsettable(text()).optional() }).optional();
const feedbacks = ['customer_service', 'low_quality', 'missing_features', 'other', 'switched_service', 'too_complex', 'too_expensive', 'unused'] as const;

function assertMethod(sandbox: Sandbox, customer: string, id: string | null | undefined): void {
  if (id && sandbox.get(paymentMethod, id, 'default_payment_method').customer !== customer) {
    throw invalidRequest(`The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`, { code: 'resource_missing', param: 'default_payment_method' });
  }
}

/** Charges the first invoice as the caller wanted. With `error_if_incomplete` a failure leaves nothing behind. */
function payFirst(sandbox: Sandbox, { row, first }: ReturnType<typeof beginSubscription>, behavior: string, offSession: boolean): void {
  if (first.status !== 'open' || behavior === 'default_incomplete') return;
  const method = defaultMethodOf(sandbox, first);
  const undo = () => {
    endSubscription(sandbox, row, 'payment_failed');
    sandbox.rows(subscription).delete(row.id);
  };
  if (!method) {
    undo();
    throw invalidRequest('This customer has no attached payment source or default payment method. Please consider adding a default payment method.', { code: 'resource_missing' });
  }
  try {
    payInvoice(sandbox, first, { method, offSession });
  } catch (error) {
    if (!(error instanceof Refusal) || error.body.type !== 'card_error' || behavior === 'error_if_incomplete') {
      undo();
      throw error;
    }
  }
  if (row.status === 'incomplete' && behavior === 'error_if_incomplete' && first.status === 'open') {
    undo();
    throw new Refusal(402, { type: 'card_error', code: 'subscription_payment_intent_requires_action', message: 'Payment for this subscription requires additional user action before it can be completed successfully.' });
  }
}

const isOfStatus = (one: Subscription, status: string | undefined): boolean => {
  if (status === 'all') return true;
  if (status === 'ended') return ['canceled', 'incomplete_expired'].includes(one.status);
  return status ? one.status === status : one.status !== 'canceled' && one.status !== 'incomplete_expired';
};

export const subscriptions: Resource = {
  kinds: [subscription],
  jobs: { 'subscription.period_over': onPeriodOver, 'subscription.incomplete': expireIncomplete, 'subscription.pause_over': onPauseOver },
  reactions: { 'customer.deleted': onCustomerDeleted, 'payment_intent.processing': onDebitBegun, 'invoice.paid': onInvoicePaid, 'invoice.payment_failed': onInvoiceRefused },
  routes: [
    post('/v1/subscriptions', {
      returns: subscription,
      parameters: {
        customer: text(),
        items: itemParameters,
        cancel_at_period_end: boolean().optional(),
        collection_method: oneOf(['charge_automatically']).optional(),
        currency: text(3).optional(),
        default_payment_method: text().optional(),
        description: text(500).optional(),
        metadata: metadata().optional(),
        off_session: boolean().optional(),
        payment_behavior: oneOf(['allow_incomplete', 'default_incomplete', 'error_if_incomplete']).optional(),
        payment_settings: paymentSettings,
        trial_end: integer().optional(),
        trial_period_days: integer(1).optional(),
      },
      answer: ({ sandbox, parameters: { items, payment_behavior = 'allow_incomplete', payment_settings, trial_end, trial_period_days, off_session = false, ...given } }) => {
        customerOf(sandbox, given.customer);
        assertMethod(sandbox, given.customer, given.default_payment_method);
        const trialEnd = trial_end ?? (trial_period_days === undefined ? undefined : sandbox.now() + trial_period_days * day);
        if (trialEnd !== undefined && trialEnd <= sandbox.now()) throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' });
        const { save_default_payment_method } = payment_settings ?? {};
        const begun = beginSubscription(sandbox, { ...given, items: readItems(sandbox, items), trialEnd, save_default_payment_method });
        payFirst(sandbox, begun, payment_behavior, off_session);
        return begun.row;
      },
    }),
    get('/v1/subscriptions', {
      returns: subscription,
      parameters: { ...pagination, collection_method: text().optional(), created: range().optional(), customer: text().optional(), price: text().optional(), status: text().optional() },
      answer: ({ sandbox, parameters: { collection_method, created, customer, price, status, ...page } }) =>
        listOf(
          '/v1/subscriptions',
          sandbox.rows(subscription).where(
            (one) =>
              isWithin(one.created, created) &&
              isOfStatus(one, status) &&
              (!collection_method || one.collection_method === collection_method) &&
              (!customer || one.customer === customer) &&
              (!price || one.items.data.some((item) => item.price.id === price)),
          ),
          page,
        ),
    }),
    get('/v1/subscriptions/:id', { returns: subscription, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(subscription, path.id!) }),
    post('/v1/subscriptions/:id', {
      returns: subscription,
      parameters: {
        cancel_at: unsettable(integer()).optional(),
        cancel_at_period_end: boolean().optional(),
        cancellation_details: cancellationDetails,
        default_payment_method: unsettable(text()).optional(),
        description: unsettable(text(500)).optional(),
        items: itemChangeParameters.optional(),
        metadata: metadata().optional(),
        pause_collection: unsettable(hash({ behavior: oneOf(['keep_as_draft', 'mark_uncollectible', 'void']), resumes_at: integer().optional() })).optional(),
        payment_settings: paymentSettings,
        proration_behavior: oneOf(['none', 'create_prorations', 'always_invoice']).optional(),
      },
      answer: ({ sandbox, path, parameters: { cancel_at, cancel_at_period_end, cancellation_details, items, metadata: change, pause_collection, payment_settings, proration_behavior, ...given } }) => {
        const row = sandbox.get(subscription, path.id!);
        if (row.status === 'canceled' || row.status === 'incomplete_expired') throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.');
        assertMethod(sandbox, row.customer, given.default_payment_method);
        if (items && proration_behavior !== 'none') throw invalidRequest('The sandbox prorates nothing: pass proration_behavior=none to change the items from the next period on.', { param: 'proration_behavior' });
        const next: Partial<Subscription> = { ...given, metadata: mergeMetadata(row.metadata, change) };
        if (items) next.items = { ...row.items, data: changedItems(sandbox, row, items) };
        if (cancel_at_period_end !== undefined || cancel_at !== undefined) {
          const at = cancel_at_period_end ? currentPeriod(row).end : (cancel_at ?? null);
          Object.assign(next, { cancel_at_period_end: cancel_at_period_end ?? false, cancel_at: at, canceled_at: at === null ? null : sandbox.now() } satisfies Partial<Subscription>);
          next.cancellation_details = detailsOf(row, cancellation_details, at === null ? null : 'cancellation_requested');
        }
        if (pause_collection !== undefined) next.pause_collection = pause_collection && { behavior: pause_collection.behavior, resumes_at: pause_collection.resumes_at ?? null };
        const { save_default_payment_method } = payment_settings ?? {};
        if (save_default_payment_method && row.payment_settings) next.payment_settings = { ...row.payment_settings, save_default_payment_method };
        changeSubscription(sandbox, row, next);
        scheduleRenewal(sandbox, row);
        schedulePauseEnd(sandbox, row);
        return row;
      },
    }),
    remove('/v1/subscriptions/:id', {
      returns: subscription,
      parameters: { cancellation_details: cancellationDetails, invoice_now: boolean().optional(), prorate: boolean().optional() },
      answer: ({ sandbox, path, parameters: { cancellation_details } }) => {
        const row = sandbox.get(subscription, path.id!);
        if (row.status === 'canceled' || row.status === 'incomplete_expired') throw missing('subscription', row.id);
        row.cancellation_details = detailsOf(row, cancellation_details, 'cancellation_requested');
        endSubscription(sandbox, row, 'cancellation_requested');
        return row;
      },
    }),
  ],
};

function detailsOf(row: Subscription, given: { comment?: string | null; feedback?: string | null } | undefined, reason: Stripe.Subscription.CancellationDetails.Reason | null): Stripe.Subscription.CancellationDetails {
  const feedback = given?.feedback ?? null;
  if (feedback !== null && !(feedbacks as readonly string[]).includes(feedback)) throw invalidRequest(`Invalid cancellation_details[feedback]: must be one of ${feedbacks.join(', ')}`, { param: 'cancellation_details[feedback]' });
  return { comment: given?.comment ?? row.cancellation_details?.comment ?? null, feedback: (feedback ?? row.cancellation_details?.feedback ?? null) as Stripe.Subscription.CancellationDetails.Feedback | null, feedback_option: null, reason };
}
