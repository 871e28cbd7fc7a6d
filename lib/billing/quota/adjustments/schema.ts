import { z } from 'zod';
import { instantInput, lineInput, quantityInput } from '@/lib/core/input';
import { countInput, featureKeyInput } from '../schema';

const reason = lineInput.optional().describe('Why, for the record.');

export const overrideInput = z.strictObject({
  limit: countInput.nullable().describe('Units a period (metered) or at once (level). Null: unlimited.'),
  endsAt: instantInput.nullable().optional().describe('When the limit of the plan holds again; until it is taken away unless said.'),
  reason,
});

export const boostInput = z.strictObject({
  feature: featureKeyInput,
  quantity: quantityInput.describe('Units on top of the limit.'),
  startsAt: instantInput.optional().describe('Now unless said.'),
  endsAt: instantInput.describe('Exclusive.'),
  reason,
});

export const overrideDto = z.object({
  id: z.string(),
  feature: z.string(),
  limit: z.bigint().nullable().describe('Null: unlimited.'),
  reason: z.string(),
  endsAt: z.date().nullable().describe('Null: until it is taken away.'),
  createdAt: z.date(),
});

export const boostDto = z.object({
  id: z.string(),
  feature: z.string(),
  quantity: z.bigint(),
  reason: z.string(),
  startsAt: z.date(),
  endsAt: z.date().describe('Exclusive.'),
  createdAt: z.date(),
});

export const spendCapInput = z.strictObject({ amountMinor: countInput.describe('Minor units of the account’s currency, for each quota period.') });

export const spendDto = z.object({
  currency: z.string(),
  amountMinor: z.bigint().nullable().describe('The cap. Null: there is none.'),
  spentMinor: z.bigint().describe('What usage past the limits costs in the period so far, before tax.'),
  heldMinor: z.bigint().describe('What open reservations and leases would add.'),
  remainingMinor: z.bigint().nullable().describe('What is left of the cap. Null: there is none.'),
  period: z.object({ start: z.date(), end: z.date().describe('Exclusive.') }),
});
