import { z } from 'zod';
import { instantInput, lineInput, quantityInput } from '@/lib/core/input';
import { isCurrency } from '../money/currencies';
import type { AddonDefinition, EntitlementDefinition, PlanDefinition } from './catalog';
import type { NewCoupon } from './coupons/manage-coupons';
import { amountInput, percentageInput, schemeFrom, schemeInput, toJson, unitPriceInput } from './pricing/schema';
import { localized } from './schema';

/** What the seller writes down of the catalog, as the API takes it. */

export const keyInput = z.string().max(100).regex(/^[a-z0-9][a-z0-9_-]*$/, 'Use small letters, digits, dashes and underscores.');
export const codeInput = z
  .string()
  .max(60)
  .transform((text) => text.trim().toUpperCase())
  .refine((code) => /^[A-Z0-9][A-Z0-9-]*$/.test(code), 'Use letters, digits and dashes.')
  .describe('What customers type in; capital and small letters are the same.');

const nameInput = z.strictObject({ en: lineInput, zh: lineInput });
const descriptionInput = z.strictObject({ en: lineInput.or(z.literal('')), zh: lineInput.or(z.literal('')) });
const currencyInput = z.string().refine(isCurrency, 'Use the three letters of an ISO 4217 currency, such as USD.');
const largest = 2n ** 63n - 1n;
const wholeInput = z
  .union([z.bigint(), z.number().int(), z.string().regex(/^\d{1,19}$/, 'Use a whole number.')], { error: 'Use a whole number.' })
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n && value <= largest, 'Use zero or more.');
const minorInput = wholeInput.describe('Minor units of the currency.');
const rhythmInput = { currency: currencyInput, interval: z.enum(['day', 'week', 'month', 'year']), intervalCount: z.number().int().min(1).max(100).default(1) };

const priceInput = z.strictObject({
  ...rhythmInput,
  amountMinor: minorInput,
  setupFeeMinor: minorInput.default(0n).describe('Charged once, at the first paid purchase of the plan.'),
  minimumMinor: minorInput.nullable().default(null).describe('What the charges of a period come to at least, usage among them.'),
  unitPrices: z.array(unitPriceInput).max(20).default([]).describe('Units that are sold beyond those the plan includes, such as seats.'),
});

const entitlementInput = z.strictObject({
  limit: wholeInput.nullable().default(null).describe('Units a period (metered) or at once (level). Null: unlimited.'),
  enabled: z.boolean().default(true),
  allowed: z.array(lineInput).max(200).default([]),
  policy: z.enum(['block', 'overage', 'warn']).default('block'),
  reset: z.enum(['period', 'month', 'day', 'never']).default('period'),
  rolloverCap: wholeInput.nullable().default(null),
  rates: z.array(z.strictObject({ window: z.enum(['second', 'minute', 'hour', 'day']), quantity: quantityInput })).max(4).default([])
    .refine((rates) => new Set(rates.map(({ window }) => window)).size === rates.length, 'Name each window once.'),
  overage: z.record(currencyInput, z.union([amountInput, schemeInput])).default({}).describe('The price of one unit past the limit, or a scheme, by currency.'),
});

export const planInput = z.strictObject({
  name: nameInput,
  description: descriptionInput.default({ en: '', zh: '' }),
  rank: z.number().int().min(0).max(1_000_000).describe('Orders plans from small to large; a move to a higher rank is an upgrade.'),
  prices: z.array(priceInput).min(1).max(200),
  entitlements: z.record(keyInput, entitlementInput),
  trial: z
    .strictObject({ days: z.number().int().min(1).max(365), paymentMethod: z.enum(['at_start', 'at_end', 'never']).describe('When it asks for a way to pay.') })
    .nullable()
    .default(null),
  exclusive: z.boolean().default(false).describe('A negotiated plan: offered to the account that the call names, and to nobody else.'),
});

type EntitlementInput = z.output<typeof entitlementInput>;

function entitlementOf({ overage, ...granted }: EntitlementInput): EntitlementDefinition {
  const prices = Object.entries(overage).map(([currency, price]) => [currency, typeof price === 'string' ? price : schemeFrom(toJson(price))] as const);
  return { ...granted, overage: Object.fromEntries(prices) };
}

/** The plan of the API as it is written down. */
export function planOf(key: string, { exclusive: _, entitlements, prices, ...plan }: z.output<typeof planInput>): PlanDefinition {
  return {
    key,
    ...plan,
    prices: prices.map(({ unitPrices, ...price }) => ({ ...price, unitPrices: unitPrices.map((unit) => ({ ...unit, scheme: schemeFrom(toJson(unit.scheme)) })) })),
    entitlements: Object.fromEntries(Object.entries(entitlements).map(([feature, granted]) => [feature, entitlementOf(granted)])),
  };
}

export const addonInput = z.strictObject({
  name: nameInput,
  description: descriptionInput.default({ en: '', zh: '' }),
  plans: z.array(keyInput).min(1).max(100).optional().describe('Plans that it may be added to; all unless said.'),
  prices: z.array(z.strictObject({ ...rhythmInput, scheme: schemeInput })).min(1).max(200),
  grants: z.record(keyInput, quantityInput).default({}).describe('Units of each feature that one of it grants; 1 turns a switch on.'),
});

/** The add-on of the API as it is written down. */
export function addonOf(key: string, { prices, plans = [], ...addon }: z.output<typeof addonInput>): AddonDefinition {
  return { key, ...addon, plans, prices: prices.map((price) => ({ ...price, scheme: schemeFrom(toJson(price.scheme)) })) };
}

export const couponInput = z
  .strictObject({
    code: codeInput,
    name: nameInput,
    percentage: percentageInput.optional().describe('Either this or `amounts`.'),
    amounts: z.record(currencyInput, wholeInput.refine((value) => value > 0n, 'Use an amount above zero.')).optional().describe('Minor units that it takes off, by currency.'),
    cycles: z.number().int().min(1).max(1_000).nullable().default(1).describe('For how many periods. Null: for all.'),
    plans: z.array(keyInput).min(1).max(100).optional().describe('Plans that it reduces; all unless said.'),
    expiresAt: instantInput.nullable().default(null).describe('The first moment at which it can no longer be redeemed.'),
    redemptionCap: z.number().int().min(1).max(1_000_000_000).nullable().default(null).describe('How often it may be redeemed in all.'),
  })
  .superRefine(({ percentage, amounts }, check) => {
    const both = (percentage === undefined) === (Object.keys(amounts ?? {}).length === 0);
    if (both) check.addIssue({ code: 'custom', path: ['percentage'], message: 'Name either a percentage or amounts.' });
  });

/** The coupon of the API as the use case takes it. */
export function couponOf({ percentage, amounts, plans = [], ...coupon }: z.output<typeof couponInput>): NewCoupon {
  return { ...coupon, plans, percentage: percentage ?? null, amounts: amounts ?? {} };
}

export const couponDto = z.object({
  code: z.string(),
  name: localized,
  percentage: z.string().nullable().describe('Null: it takes off amounts.'),
  amounts: z.record(z.string(), z.bigint()).describe('Minor units by currency.'),
  cycles: z.number().int().nullable().describe('For how many periods. Null: for all.'),
  plans: z.array(z.string()).describe('Plans that it reduces. Empty: all.'),
  expiresAt: z.date().nullable(),
  redemptionCap: z.number().int().nullable(),
  redeemed: z.number().int().describe('How often it was redeemed.'),
  endedAt: z.date().nullable(),
});
