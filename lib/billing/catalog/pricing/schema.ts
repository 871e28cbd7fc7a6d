import { z } from 'zod';
import { quantityInput } from '@/lib/core/input';
import type { UnitPrice } from '../catalog';
import { tierFault, type PriceScheme, type Step } from './scheme';

/** An exact amount of major units. */
export const amountInput = z
  .string()
  .regex(/^\d{1,18}(\.\d{1,12})?$/, 'Use a decimal number of major units with at most 12 decimal places, such as "0.0000025".');

/** A percentage above zero, at most 100. */
export const percentageInput = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/, 'Use a percentage with at most four decimal places, such as "12.5".')
  .refine((text) => Number(text) > 0 && Number(text) <= 100, 'Use a percentage above 0 and at most 100.');

const tierInput = z.strictObject({
  upTo: quantityInput.nullable().describe('The last unit of the tier. Null: no end.'),
  unitAmount: amountInput,
  flatAmount: amountInput.optional().describe('Charged once when the tier is entered.'),
});
const tiersInput = z.array(tierInput).max(50).superRefine((tiers, check) => {
  const message = tierFault(tiers.map(({ flatAmount: _, ...tier }) => tier));
  if (message) check.addIssue({ code: 'custom', message });
});

/** A price scheme as the API takes it and the database keeps it: whole numbers as integers or strings of digits. */
export const schemeInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('per_unit'), unitAmount: amountInput }),
    z.strictObject({ kind: z.literal('flat'), amount: amountInput }),
    z.strictObject({ kind: z.literal('package'), size: quantityInput, amount: amountInput }),
    z.strictObject({ kind: z.literal('graduated'), tiers: tiersInput }),
    z.strictObject({ kind: z.literal('volume'), tiers: tiersInput }),
    z.strictObject({ kind: z.literal('percentage'), percentage: percentageInput }),
  ])
  .describe('How a quantity is priced. Amounts are exact major units.');

const tierDto = z.object({ upTo: z.bigint().nullable(), unitAmount: z.string(), flatAmount: z.string().optional() });

export const schemeDto = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('per_unit'), unitAmount: z.string() }),
    z.object({ kind: z.literal('flat'), amount: z.string() }),
    z.object({ kind: z.literal('package'), size: z.bigint(), amount: z.string() }),
    z.object({ kind: z.literal('graduated'), tiers: z.array(tierDto) }),
    z.object({ kind: z.literal('volume'), tiers: z.array(tierDto) }),
    z.object({ kind: z.literal('percentage'), percentage: z.string() }),
  ])
  .describe('How a quantity is priced. Amounts are exact major units.');

export const stepDto = z.object({
  tier: z.number().int().nullable().describe('Number of the tier from 1. Null where the price has no tiers.'),
  quantity: z.bigint().describe('Units, or packages where the price sells those.'),
  unitAmount: z.string(),
  flatAmount: z.string(),
  amount: z.string().describe('What the step comes to in major units, exact and not rounded.'),
});

/** A scheme read back from JSON. */
export function schemeFrom(json: unknown): PriceScheme {
  const parsed = schemeInput.parse(json);
  if (parsed.kind !== 'graduated' && parsed.kind !== 'volume') return parsed;
  return { kind: parsed.kind, tiers: parsed.tiers.map(({ flatAmount, ...tier }) => (flatAmount === undefined ? tier : { ...tier, flatAmount })) };
}

export const unitPriceInput = z.strictObject({
  feature: z.string().min(1).max(100).describe('Key of a level, such as `agent_seats`.'),
  included: z
    .union([z.bigint(), z.number().int(), z.string().regex(/^\d{1,18}$/, 'Use a whole number.')], { error: 'Use a whole number.' })
    .transform((value) => BigInt(value))
    .refine((value) => value >= 0n, 'Use zero or more.')
    .describe('Units that the price of the plan includes.'),
  scheme: schemeInput,
});

export const unitPriceDto = z.object({
  feature: z.string(),
  included: z.bigint().describe('Units that the price of the plan includes.'),
  scheme: schemeDto.describe('What the units beyond them cost for a period.'),
});

/** Prices of units read back from JSON. */
export function unitPricesFrom(json: unknown): UnitPrice[] {
  return z.array(unitPriceInput).parse(json).map((price) => ({ ...price, scheme: schemeFrom(toJson(price.scheme)) }));
}

const keptStep = z.object({ tier: z.number().int().nullable(), quantity: z.string().transform((digits) => BigInt(digits)), unitAmount: z.string(), flatAmount: z.string(), amount: z.string() });

/** The way to a price read back from JSON. */
export function stepsFrom(json: unknown): Step[] {
  return z.array(keptStep).parse(json);
}

/** A value with whole numbers as strings, as JSON columns keep it. */
export function toJson(value: unknown): object {
  return JSON.parse(JSON.stringify(value, (_key, member) => (typeof member === 'bigint' ? member.toString() : member))) as object;
}
