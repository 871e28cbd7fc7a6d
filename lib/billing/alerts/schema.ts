import { z } from 'zod';
import { featureKeyInput } from '../quota/schema';
import { mostPercents } from './alert';

const percents = z
  .array(z.number().int('Use whole percentages.').min(1, 'Use 1 to 1000.').max(1000, 'Use 1 to 1000.'))
  .max(mostPercents, `Give at most ${mostPercents}.`)
  .describe('Percentages of the limit, 1 to 1000. None: never.');

export const thresholdsInput = z.strictObject({
  everyFeature: percents,
  features: z.array(z.strictObject({ feature: featureKeyInput, percents })).max(100).default([]).describe('Features with percentages of their own.'),
});

export const thresholdsDto = z.object({
  everyFeature: z.array(z.number().int()).describe('For every feature that has none of its own.'),
  features: z.array(z.object({ feature: z.string(), percents: z.array(z.number().int()) })),
});

export const alertDto = z.object({
  id: z.string(),
  feature: z.string(),
  percent: z.number().int().describe('The threshold that was reached, in percent of the limit.'),
  used: z.bigint().describe('When it was raised.'),
  limit: z.bigint(),
  resetsAt: z.date().nullable().describe('When the limit begins anew. Null for a level.'),
  raisedAt: z.date(),
  readAt: z.date().nullable(),
});

export const violationDto = z.object({
  feature: z.string(),
  reason: z.string().describe('As in the refused decisions, such as `limit_reached`.'),
  hour: z.date().describe('Start of the hour.'),
  calls: z.bigint().describe('Refused calls.'),
  quantity: z.bigint().describe('Units that they asked for.'),
  firstAt: z.date(),
  lastAt: z.date(),
});
