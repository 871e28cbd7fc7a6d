import { z } from 'zod';
import { featureKeyInput } from '../quota/schema';
import { mostPercents, type Thresholds } from './alert';

const percents = z
  .array(z.number().int('Use whole percentages.').min(1, 'Use 1 to 1000.').max(1000, 'Use 1 to 1000.'))
  .min(1, 'Give at least one, or null for none.')
  .max(mostPercents, `Give at most ${mostPercents}.`)
  .nullable()
  .describe('Percentages of the limit, 1 to 1000. Null: never.');

export const thresholdsInput = z
  .strictObject({
    everyFeature: percents,
    features: z
      .array(z.strictObject({ feature: featureKeyInput, percents }))
      .min(1, 'Name a feature, or leave this out.')
      .max(100)
      .optional()
      .describe('Features with percentages of their own.'),
  });

/** What was sent, as the domain knows it: never is an empty list. */
export function thresholdsFrom({ everyFeature, features = [] }: z.output<typeof thresholdsInput>): Thresholds {
  return { everyFeature: everyFeature ?? [], features: features.map((one) => ({ feature: one.feature, percents: one.percents ?? [] })) };
}

const orNever = (list: number[]): number[] | null => (list.length > 0 ? list : null);

/** Thresholds as the API says them. */
export function thresholdsView({ everyFeature, features }: Thresholds): z.input<typeof thresholdsDto> {
  return { everyFeature: orNever(everyFeature), features: features.map((one) => ({ feature: one.feature, percents: orNever(one.percents) })) };
}

const percentsDto = z.array(z.number().int()).nullable();

export const thresholdsDto = z.object({
  everyFeature: percentsDto.describe('For every feature that has none of its own. Null: never.'),
  features: z.array(z.object({ feature: z.string(), percents: percentsDto })),
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
