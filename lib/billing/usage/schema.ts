import { z } from 'zod';
import { featureDto } from '../catalog/schema';
import { quotaDto } from '../quota/schema';

export const periodDto = z.object({ start: z.date(), end: z.date().describe('Exclusive.') });

export const usageReceiptDto = z.object({
  idempotencyKey: z.string(),
  status: z.enum(['recorded', 'duplicate', 'refused']),
  event: z.string().optional().describe('Id of the event, by which it can be voided or corrected.'),
  code: z.string().optional().describe('Why it was refused.'),
  message: z.string().optional(),
});

export const usageSummaryDto = z.object({
  period: periodDto,
  running: z.boolean().describe('Whether the period holds the present moment.'),
  runningStart: z.date().describe('Start of the running period.'),
  timeZone: z.string(),
  items: z.array(
    z.object({
      feature: featureDto,
      included: z.boolean().describe('Whether the plan of the period included the feature.'),
      reset: z.enum(['period', 'month', 'day', 'never']).describe('What the limit is for: the period, or the newest calendar month or day that it holds.'),
      used: z.bigint().describe('Units counted against the limit.'),
      held: z.bigint().describe('Units of open reservations and leases.'),
      total: z.bigint().describe('Units of the whole period; to the hour where the limit is for a month or day.'),
      events: z.bigint(),
      limit: z.bigint().nullable().describe('Null: unlimited, or not included.'),
      policy: z.enum(['block', 'overage', 'warn']).nullable(),
      remaining: z.bigint().nullable(),
      overage: z.bigint().nullable(),
    }),
  ),
  grants: z.array(quotaDto).describe('Levels, switches and lists of the plan as it is now; empty for an earlier period.'),
  periods: z.array(periodDto).describe('Every period of the account, newest first.'),
});

export const usageEventDto = z.object({
  id: z.string(),
  kind: z.enum(['usage', 'level', 'correction']).describe('A level that went up or down and a correction of an earlier event are events, too.'),
  corrects: z.string().nullable().describe('The event that a correction changes.'),
  feature: z.string(),
  quantity: z.bigint().describe('Negative where a level fell or a correction takes away.'),
  occurredAt: z.date(),
  recordedAt: z.date(),
  idempotencyKey: z.string().nullable(),
  model: z.string().optional(),
  inputTokens: z.bigint().optional(),
  outputTokens: z.bigint().optional(),
  statusCode: z.number().int().optional(),
  latencyMs: z.number().int().optional(),
  costCentre: z.string().optional(),
});

export const usageSeriesDto = z.object({
  feature: featureDto,
  total: z.bigint().describe('Units used; of a level, where it stood at the end.'),
  points: z.array(
    z.object({
      at: z.string().describe('The day, such as 2026-11-21, the month, such as 2026-11, or the first moment of the hour.'),
      quantity: z.bigint().describe('Units used; of a level, where it stood at the end.'),
      events: z.bigint(),
    }),
  ),
});

const tallyDto = z.object({
  quantity: z.bigint().nullable().describe('Units. Null where they are of several features.'),
  events: z.bigint(),
  inputTokens: z.bigint(),
  outputTokens: z.bigint(),
  cost: z
    .object({
      currency: z.string(),
      amount: z.string().describe('Exact, in major units.'),
      unpricedTokens: z.bigint().describe('Tokens without a price for their model, which the amount leaves out.'),
    })
    .describe('What the tokens cost by the prices of their models, each day by the price of that day.'),
  succeeded: z.bigint().describe('Events that told a status below 400.'),
  failed: z.bigint().describe('Events that told a status from 400 on.'),
  successRate: z.number().nullable().describe('Share of both, 0 to 1. Null when no event told a status.'),
  latency: z
    .object({ p50: z.number().int(), p95: z.number().int(), p99: z.number().int() })
    .nullable()
    .describe('Milliseconds that half, 95 % and 99 % of the events did not pass, true to 20 %. Null when none told a latency.'),
});

export const usageBreakdownDto = z.object({
  by: z.enum(['feature', 'model', 'cost_centre', 'status_code']),
  items: z.array(tallyDto.extend({ value: z.string().nullable().describe('Null: told no value.') })).describe('The 200 most common values.'),
  others: tallyDto.nullable().describe('All further values together.'),
  total: tallyDto,
});

const policyDto = z.enum(['block', 'overage', 'warn']).nullable();

export const usageForecastDto = z.object({
  items: z.array(
    z.object({
      feature: featureDto,
      period: periodDto.describe('The running period of the limit.'),
      limit: z.bigint().nullable().describe('Null: unlimited, or not included.'),
      policy: policyDto,
      used: z.bigint().describe('Units so far.'),
      expected: z.bigint().describe('Units at the end of the period.'),
      low: z.bigint(),
      high: z.bigint(),
      overage: z.bigint().nullable().describe('Units past the limit at the end, as expected.'),
      method: z.enum(['weekly', 'run_rate', 'none']).describe('By the weeks before, by the average of the few days known, or nothing to go by.'),
    }),
  ),
  bill: z
    .object({
      at: z.date().describe('When the invoice will be issued.'),
      currency: z.string(),
      expectedMinor: z.bigint().describe('Minor units, with tax.'),
      lowMinor: z.bigint(),
      highMinor: z.bigint(),
      usageMinor: z.bigint().describe('Usage past the limits in the expected amount, before tax.'),
    })
    .nullable()
    .describe('The invoice that the end of the billing period brings. Null when none is expected.'),
});

export const unusualUsageDto = z.object({
  feature: featureDto,
  day: z.string().describe('Such as 2026-11-21, on the clocks of the account.'),
  until: z.date().nullable().describe('Null for a whole day; of today the end of the last hour that is over.'),
  kind: z.enum(['spike', 'drop']),
  quantity: z.bigint(),
  expected: z.bigint().describe('What the weeks before let expect.'),
  score: z.number().describe('How far off it lies, in robust standard deviations.'),
});
