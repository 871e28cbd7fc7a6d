import { z } from 'zod';

export const localized = z.object({ en: z.string(), zh: z.string() });

export const featureDto = z.object({
  key: z.string(),
  kind: z.enum(['metered', 'level', 'boolean', 'list']),
  name: localized,
  unit: localized,
});

export const entitlementDto = z.object({
  feature: featureDto,
  limit: z.bigint().nullable().describe('Units a period (metered) or at once (level). Null: unlimited.'),
  enabled: z.boolean(),
  allowed: z.array(z.string()).describe('Members of a list feature, such as the models a plan may call.'),
  policy: z.enum(['block', 'overage', 'warn']).describe('What happens past the limit.'),
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
