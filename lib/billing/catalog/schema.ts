import { z } from 'zod';
import { schemeDto, unitPriceDto } from './pricing/schema';

export const localized = z.object({ en: z.string(), zh: z.string() });

export const featureDto = z.object({
  key: z.string(),
  kind: z.enum(['metered', 'rate', 'level', 'boolean', 'list']).describe('`rate`: only its rates limit it.'),
  name: localized,
  unit: localized,
});

export const resetDto = z
  .enum(['period', 'month', 'day', 'never'])
  .describe('When a metered limit begins anew: with the quota period, with the calendar month or day of the account’s time zone, or never.');

export const rateLimitDto = z.object({
  window: z.enum(['second', 'minute', 'hour', 'day']),
  quantity: z.bigint().describe('Units within any stretch of that length.'),
});

export const entitlementDto = z.object({
  feature: featureDto,
  limit: z.bigint().nullable().describe('Units a period (metered) or at once (level). Null: unlimited.'),
  enabled: z.boolean(),
  allowed: z.array(z.string()).describe('Members of a list feature, such as the models a plan may call.'),
  policy: z.enum(['block', 'overage', 'warn']).describe('What happens past the limit.'),
  reset: resetDto,
  rolloverCap: z.bigint().nullable().describe('What was left of the limit is added to the next one, up to this. Null: nothing is.'),
  rates: z.array(rateLimitDto).describe('Limits of pace, beside the limit of the period.'),
  overage: z
    .record(z.string(), z.string())
    .describe('Exact price of one unit past the limit, in major units, by currency. Where a scheme prices it: the most that a unit costs, by which spend caps count.'),
  overageSchemes: z.record(z.string(), schemeDto).optional().describe('How use past the limit is priced where units do not all cost the same, by currency.'),
});

export const priceDto = z.object({
  id: z.string(),
  currency: z.string(),
  interval: z.enum(['day', 'week', 'month', 'year']),
  intervalCount: z.number().int(),
  amountMinor: z.bigint().describe('Minor units of the currency.'),
  setupFeeMinor: z.bigint().optional().describe('Charged once, at the first paid purchase of the plan.'),
  minimumMinor: z.bigint().nullable().optional().describe('What the charges of a period come to at least, usage among them. Null: there is no minimum.'),
  unitPrices: z.array(unitPriceDto).optional().describe('Units that are sold with the plan beyond those it includes, such as seats.'),
});

export const planDto = z.object({
  key: z.string(),
  version: z.number().int(),
  name: localized,
  description: localized,
  rank: z.number().int(),
  prices: z.array(priceDto),
  entitlements: z.array(entitlementDto),
  trial: z
    .object({
      days: z.number().int(),
      paymentMethod: z.enum(['at_start', 'at_end', 'never']).describe('When it asks for a way to pay: before it begins, before it becomes paid, or never.'),
    })
    .nullable()
    .optional()
    .describe('Days that the first purchase of an account is free.'),
});

export const addonDto = z.object({
  key: z.string(),
  version: z.number().int(),
  name: localized,
  description: localized,
  plans: z.array(z.string()).describe('Plans that it may be added to. Empty: all.'),
  prices: z.array(z.object({ currency: z.string(), interval: z.enum(['day', 'week', 'month', 'year']), intervalCount: z.number().int(), scheme: schemeDto })),
  grants: z.record(z.string(), z.bigint()).describe('Units of each feature that one of it grants; of a switch, that it is on.'),
});
