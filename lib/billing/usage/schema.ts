import { z } from 'zod';
import { featureDto } from '../catalog/schema';
import { quotaDto } from '../quota/schema';

export const periodDto = z.object({ start: z.date(), end: z.date().describe('Exclusive.') });

export const usageReceiptDto = z.object({
  idempotencyKey: z.string(),
  status: z.enum(['recorded', 'duplicate', 'refused']),
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
      used: z.bigint(),
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
  feature: z.string(),
  quantity: z.bigint(),
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
  total: z.bigint(),
  points: z.array(
    z.object({
      at: z.string().describe('The day, such as 2026-11-21, or the first moment of the hour.'),
      quantity: z.bigint(),
      events: z.bigint(),
    }),
  ),
});
