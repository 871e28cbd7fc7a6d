import { z } from 'zod';
import { featureKeyInput } from '../quota/schema';
import { roles } from '../accounts/account';
import { alertKinds, mostPercents, type Thresholds } from './alert';
import type { AlertSettings } from './alert-settings';

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

export const alertSettingsInput = z.strictObject({
  spendPercents: percents.describe('Percentages of the spend cap, 1 to 1000. Null: never.'),
  forecast: z.boolean().describe('Whether a limit that is expected to be passed alerts.'),
  unusual: z.boolean().describe('Whether unusual use alerts.'),
  recipients: z.array(z.enum(roles)).max(roles.length).describe('The roles that get every alert by e-mail. Empty: nobody does.'),
});

export const alertSettingsDto = alertSettingsInput.extend({ spendPercents: z.array(z.number().int()).nullable().describe('Percentages of the spend cap. Null: never.') });

/** What was sent, as the domain knows it: never is an empty list. */
export const settingsFrom = ({ spendPercents, ...settings }: z.output<typeof alertSettingsInput>): AlertSettings => ({ ...settings, spendPercents: spendPercents ?? [] });

/** Settings as the API says them. */
export const settingsView = ({ spendPercents, ...settings }: AlertSettings): z.input<typeof alertSettingsDto> => ({ ...settings, spendPercents: orNever(spendPercents) });

export const alertKindInput = z.enum(alertKinds);

export const alertDto = z.object({
  id: z.string(),
  kind: z
    .enum(alertKinds)
    .describe('`quota`: a threshold of a limit. `spend`: of the spend cap. `budget`: of a cost centre. `forecast`: a limit that is expected to be passed. `unusual`: much more or less than usual.'),
  feature: z.string().nullable().describe('Null: it is about money of all features.'),
  costCentre: z.object({ id: z.string(), name: z.string() }).nullable().describe('Of a budget.'),
  currency: z.string().nullable().describe('Set where `used` and `limit` are minor units of money.'),
  day: z.string().nullable().describe('The day with unusual use, such as 2026-11-21.'),
  percent: z.number().int().describe('The threshold that was reached, in percent of the limit; else `used` in percent of it.'),
  used: z.bigint().describe('When it was raised; of a forecast what was expected.'),
  limit: z.bigint().describe('The limit, cap or budget; of unusual use what was usual.'),
  resetsAt: z.date().nullable().describe('When the limit begins anew. Null for a level and for unusual use.'),
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
