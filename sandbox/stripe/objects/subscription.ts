import type Stripe from 'stripe';
import { newId } from '../ids';
import { mergeMetadata } from '../parameters';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { amountOf, type Price } from './price';
import { product } from './product';
import type { InvoiceLine } from './invoice';
import { periodEnd, type Interval } from '../periods';

/** As it is sent: decimals are text there. */
export type SubscriptionItem = Omit<Stripe.SubscriptionItem, 'price' | 'plan' | 'deleted'> & {
  price: Price;
  plan: Omit<Stripe.Plan, 'amount_decimal' | 'tiers' | 'deleted'> & { amount_decimal: string | null };
  quantity: number;
};

export type Subscription = Omit<Stripe.Subscription, 'items' | 'customer' | 'default_payment_method'> & {
  customer: string;
  default_payment_method: string | null;
  items: { object: 'list'; data: SubscriptionItem[]; has_more: boolean; url: string };
};

export const subscription = kind<Subscription>({
  object: 'subscription',
  prefix: 'sub',
  expandable: {
    customer: 'customer',
    default_payment_method: 'payment_method',
    latest_invoice: 'invoice',
    pending_setup_intent: 'setup_intent',
    'items.data.price.product': 'product',
  },
});

/** What is sold with a subscription: all of it recurs in the same interval. */
export interface ItemDetails {
  price: Price;
  quantity: number;
  metadata?: Record<string, string> | null;
}

/** The price under the name that older integrations read it by. */
function planOf(price: Price): SubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

export function makeItem(sandbox: Sandbox, owner: string, { price, quantity, metadata }: ItemDetails, period: { start: number; end: number }): SubscriptionItem {
  return {
    id: newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: sandbox.now(),
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: mergeMetadata(null, metadata),
    plan: planOf(price),
    price: structuredClone(price),
    quantity,
    subscription: owner,
    tax_rates: [],
  };
}

export function setPrice(item: SubscriptionItem, price: Price): void {
  Object.assign(item, { price: structuredClone(price), plan: planOf(price) });
}

/** The interval that a subscription recurs in, by its first item. */
export function intervalOf({ items }: Pick<Subscription, 'items'>): Interval {
  const recurring = items.data[0]?.price.recurring;
  return { interval: recurring?.interval ?? 'month', interval_count: recurring?.interval_count ?? 1 };
}

/** The period that is paid for now: since basil it sits on the items. */
export function currentPeriod({ items }: Subscription): { start: number; end: number } {
  const item = items.data[0];
  if (!item) throw new Error('A subscription has items.');
  return { start: item.current_period_start, end: item.current_period_end };
}

export interface SubscriptionDetails {
  customer: string;
  items: ItemDetails[];
  status: 'active' | 'incomplete' | 'trialing';
  /** When the first charge is due; undefined for at once. */
  trialEnd?: number;
  default_payment_method?: string | null;
  cancel_at_period_end?: boolean;
  description?: string | null;
  metadata?: Record<string, string> | null;
  save_default_payment_method?: 'on_subscription' | 'off' | null;
}

/** A new subscription whose first period begins now, told as `customer.subscription.created`. It charges nothing yet. */
export function insertSubscription(sandbox: Sandbox, given: SubscriptionDetails): Subscription {
  const now = sandbox.now();
  const id = newId('sub');
  const [first] = given.items;
  if (!first?.price.recurring) throw new Error('A subscription begins with a recurring price.');
  const anchor = given.trialEnd ?? now;
  const period = { start: now, end: given.trialEnd ?? periodEnd(anchor, first.price.recurring, now) };
  const made = sandbox.insert(subscription, {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: given.cancel_at_period_end ? period.end : null,
    cancel_at_period_end: given.cancel_at_period_end ?? false,
    canceled_at: given.cancel_at_period_end ? now : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: first.price.currency,
    customer: given.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' } },
    items: { object: 'list', data: given.items.map((item) => makeItem(sandbox, id, item, period)), has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: given.save_default_payment_method ?? 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: given.status,
    test_clock: null,
    transfer_data: null,
    trial_end: given.trialEnd ?? null,
    trial_settings: { end_behavior: { billing_cycle_anchor: 'now', missing_payment_method: 'create_invoice' } },
    trial_start: given.trialEnd === undefined ? null : now,
  } satisfies Subscription);
  sandbox.emit('customer.subscription.created', made);
  return made;
}

/** What a period of the subscription costs, an item a line. */
export function linesFor(sandbox: Sandbox, row: Subscription, period: { start: number; end: number }, free: boolean): InvoiceLine[] {
  return row.items.data.map(({ id, price, quantity }) => {
    const name = sandbox.rows(product).get(price.product)?.name ?? price.product;
    const amount = free ? 0 : amountOf(price, quantity);
    const recurring = price.recurring;
    const each = `${((price.unit_amount ?? 0) / 100).toFixed(2)} ${price.currency.toUpperCase()} / ${recurring?.interval_count === 1 ? '' : `${recurring?.interval_count} `}${recurring?.interval}`;
    return {
      id: newId('il'),
      object: 'line_item',
      amount,
      currency: price.currency,
      description: free ? `Trial period for ${name}` : `${quantity} × ${name} (at ${each})`,
      discount_amounts: [],
      discountable: true,
      discounts: [],
      invoice: null,
      livemode: false,
      metadata: {},
      parent: {
        type: 'subscription_item_details',
        invoice_item_details: null,
        subscription_item_details: { invoice_item: null, proration: false, proration_details: null, subscription: row.id, subscription_item: id },
      },
      period,
      pretax_credit_amounts: [],
      pricing: { type: 'price_details', price_details: { price: price.id, product: price.product }, unit_amount_decimal: price.unit_amount_decimal },
      quantity,
      quantity_decimal: String(quantity),
      subscription: row.id,
      subtotal: amount,
      taxes: [],
    } satisfies InvoiceLine;
  });
}
