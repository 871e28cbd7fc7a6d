import { z } from 'zod';

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
  overage: z.record(z.string(), z.string()).describe('Exact price of one unit past the limit, in major units, by currency.'),
});

export const priceDto = z.object({
  id: z.string(),
  currency: z.string(),
  interval: z.enum(['day', 'week', 'month', 'year']),
  intervalCount: z.number().int(),
  amountMinor: z.bigint().describe('Minor units of the currency.'),
});

export const planDto = z.object({
  key: z.string(),
  version: z.number().int(),
  name: localized,
  description: localized,
  rank: z.number().int(),
  prices: z.array(priceDto),
  entitlements: z.array(entitlementDto),
});
