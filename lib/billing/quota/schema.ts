import { z } from 'zod';
import { lineInput } from '@/lib/core/input';
import { plainNumber, plainText, plainWhole } from '@/lib/core/plain-input';
import { featureDto, rateLimitDto, resetDto } from '../catalog/schema';
import { refusalReasons } from './engine/meter-item';

const reason = z
  .enum(refusalReasons)
  .nullable()
  .describe('Why it is refused. Null when it is not.');
const policy = z.enum(['block', 'overage', 'warn']).nullable().describe('What happens past the limit: refuse, accept and charge, or accept and warn.');

const counted = {
  policy,
  limit: z.bigint().nullable().describe('Units a period (metered) or at once (level). Null: unlimited, or not counted.'),
  used: z.bigint().nullable().describe('Units counted in this period, or the level. Null for features that are not counted.'),
  held: z.bigint().nullable().describe('Units of open reservations and leases.'),
  remaining: z.bigint().nullable().describe('What is left of the limit beside what is used and held. Null: unlimited, or not counted.'),
  overage: z.bigint().nullable().describe('Units past the limit. Null where there is no limit, or nothing is counted.'),
  resetsAt: z.date().nullable().describe('When the limit begins anew. Null for features that are not metered.'),
};

export const quotaDto = z.object({
  feature: featureDto,
  enabled: z.boolean().describe('Whether the plan includes the feature.'),
  reason,
  allowed: z.array(z.string()).describe('The members of a list feature, such as the models the plan may call.'),
  reset: resetDto.nullable(),
  rates: z
    .array(
      rateLimitDto.omit({ quantity: true }).extend({
        limit: z.bigint().describe('Units within any stretch of that length.'),
        used: z.bigint().describe('Units taken within the stretch that ends now.'),
        remaining: z.bigint(),
      }),
    )
    .describe('Limits of pace.'),
  ...counted,
});

export const decisionDto = z.object({
  feature: z.string(),
  allowed: z.boolean(),
  reason,
  quantity: z.bigint(),
  ...counted,
  retryAfterSeconds: z.number().int().nullable().describe('With `rate_limited`: when there is room again. Null: not so, or there never will be for that quantity.'),
  event: z.string().nullable().describe('Id of the event that was recorded, by which it can be voided or corrected.'),
});

const largest = 2n ** 63n - 1n;

/** A whole number from 0 to 2^63 − 1, as a JSON integer or a string of digits. */
export const countInput = z
  .union([z.number().int('Use a whole number.'), z.bigint(), z.string().regex(/^\d{1,19}$/, 'Use a whole number.')], { error: 'Use a whole number.' })
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n, 'Use zero or a number above it.')
  .refine((value) => value <= largest, 'The number is too large.');

export const featureKeyInput = z.string().min(1).max(100).describe('Key of a feature of the catalog, such as api_calls.');
export const eventKeyInput = lineInput.describe('Sent again with the same key it counts once.');

/** What may be told about usage besides how much it was. */
export const dimensionsInput = {
  model: lineInput.optional().describe('The model that was called.'),
  inputTokens: countInput.optional(),
  outputTokens: countInput.optional(),
  statusCode: z.number().int().min(100).max(599).optional().describe('HTTP status that the call ended with.'),
  latencyMs: z.number().int().min(0).max(2_147_483_647).optional(),
  costCentre: lineInput.optional().describe('Key of the cost centre it lands in; that of the API key unless said.'),
};

/** The members of a piece of usage in their plainest form. */
export const plainUsage = {
  feature: plainText(100),
  quantity: plainWhole(1),
  idempotencyKey: plainText(200),
  model: plainText(200),
  inputTokens: plainWhole(0),
  outputTokens: plainWhole(0),
  statusCode: plainNumber(100, 599),
  latencyMs: plainNumber(0, 2_147_483_647),
  costCentre: plainText(200),
};
