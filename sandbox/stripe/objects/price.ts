import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { newId } from '../ids';
import { hash, integer, list, mergeMetadata, metadata, oneOf, text } from '../parameters';
import type { Interval } from '../periods';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { createProduct, product } from './product';

/** As it is sent: decimals are text there. */
export type Price = Omit<Stripe.Price, 'unit_amount_decimal' | 'currency_options' | 'tiers' | 'recurring' | 'deleted'> & {
  product: string;
  unit_amount_decimal: string | null;
  recurring: (Stripe.Price.Recurring & Interval) | null;
};

export const price = kind<Price>({ object: 'price', prefix: 'price', expandable: { product: 'product' } });

export const priceParameters = {
  currency: text(3),
  unit_amount: integer(0).optional(),
  unit_amount_decimal: text().optional(),
  recurring: hash({
    interval: oneOf(['day', 'week', 'month', 'year']),
    interval_count: integer(1).optional(),
    usage_type: oneOf(['licensed']).optional(),
  }).optional(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
};

/** A price that is made where it is used: of Checkout's lines and subscriptions' items. */
export const priceData = hash({
  ...priceParameters,
  product: text().optional(),
  product_data: hash({ name: text(), description: text().optional(), images: list(text()).optional(), metadata: metadata().optional(), tax_code: text().optional(), unit_label: text().optional() }).optional(),
});

interface PriceDetails {
  currency: string;
  unit_amount?: number;
  unit_amount_decimal?: string;
  recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number };
  tax_behavior?: Stripe.Price.TaxBehavior;
  product?: string;
  product_data?: { name: string; description?: string; images?: string[]; metadata?: Record<string, string> | null };
  active?: boolean;
  lookup_key?: string;
  metadata?: Record<string, string> | null;
  nickname?: string;
}

/** Whole minor units and as text; decimals smaller than a unit have only the text. Throws a `Refusal`. */
function amounts({ unit_amount, unit_amount_decimal }: PriceDetails): { unit_amount: number | null; unit_amount_decimal: string } {
  if ((unit_amount === undefined) === (unit_amount_decimal === undefined)) {
    throw invalidRequest('You must pass either `unit_amount` or `unit_amount_decimal`, and not both.', { code: 'parameter_missing', param: 'unit_amount' });
  }
  if (unit_amount !== undefined) return { unit_amount, unit_amount_decimal: String(unit_amount) };
  const decimal = unit_amount_decimal ?? '';
  if (!/^\d{1,15}(\.\d{1,12})?$/.test(decimal)) throw invalidRequest(`Invalid decimal: ${decimal}`, { param: 'unit_amount_decimal' });
  return { unit_amount: /^\d+(\.0+)?$/.test(decimal) ? Number(decimal) : null, unit_amount_decimal: decimal };
}

/** A new price, of a product that is there or made with it; told as `price.created`. Throws a `Refusal`. */
export function createPrice(sandbox: Sandbox, given: PriceDetails): Price {
  if ((given.product === undefined) === (given.product_data === undefined)) {
    throw invalidRequest('You must specify either `product` or `product_data` when creating a price.', { code: 'parameter_missing', param: 'product' });
  }
  const sums = amounts(given);
  const owner = given.product_data ? createProduct(sandbox, given.product_data) : sandbox.get(product, given.product!, 'product');
  const made = sandbox.insert(price, {
    id: newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    created: sandbox.now(),
    currency: given.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata(null, given.metadata),
    nickname: given.nickname ?? null,
    product: owner.id,
    recurring: given.recurring
      ? { interval: given.recurring.interval, interval_count: given.recurring.interval_count ?? 1, meter: null, trial_period_days: null, usage_type: 'licensed' }
      : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    ...sums,
  } satisfies Price);
  sandbox.emit('price.created', made);
  return made;
}

/** What so many units cost, rounded half up to a whole minor unit as Stripe does. */
export function amountOf({ unit_amount, unit_amount_decimal }: Price, quantity: number): number {
  if (unit_amount !== null) return unit_amount * quantity;
  const [whole = '0', fraction = ''] = (unit_amount_decimal ?? '0').split('.');
  const scale = 10n ** BigInt(fraction.length);
  return Number((BigInt(whole + fraction) * BigInt(quantity) * 2n + scale) / (scale * 2n));
}
