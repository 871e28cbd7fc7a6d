import { z } from 'zod';
import { idInput, lineInput, quantityInput } from '@/lib/core/input';

const nameInput = z.string().trim().pipe(lineInput.max(100)).describe('So that people know it.');
const budgetInput = quantityInput.nullable().describe('What its usage of a calendar month is meant to cost at most, in minor units of the account’s currency. Null: no budget.');

/** A calendar month, such as `2026-11`. */
export const monthInput = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/, 'Use a calendar month, such as 2026-11.').describe('Calendar month on the clocks of the account’s time zone; the running one unless said.');

export const newCostCentreInput = z.strictObject({
  key: z.string().trim().pipe(lineInput.max(100)).describe('What usage names it by, as `costCentre`. It never changes.'),
  name: nameInput,
  budgetMinor: budgetInput.default(null),
});

export const costCentreChangeInput = z.strictObject({ name: nameInput.optional(), budgetMinor: budgetInput.optional() });

export const keyAssignmentInput = z.strictObject({ costCentre: idInput.nullable().describe('Id of the cost centre. Null: none.') });

export const costCentreDto = z.object({
  id: z.string(),
  key: z.string().describe('What usage names it by, as `costCentre`.'),
  name: z.string(),
  budgetMinor: z.bigint().nullable().describe('Minor units for each calendar month. Null: no budget.'),
  currency: z.string().nullable().describe('Of the budget.'),
  createdAt: z.date(),
  archivedAt: z.date().nullable(),
  apiKeys: z.array(z.object({ id: z.string(), name: z.string() })).describe('Usage told with these keys lands here unless it names a cost centre itself.'),
});

const minor = z.bigint().describe('Minor units.');

const centreShowbackDto = z.object({
  centre: costCentreDto.nullable().describe('Null: usage named a key without a cost centre, or none.'),
  key: z.string().nullable().describe('What usage named it by. Null: usage that named none.'),
  usage: z.array(
    z.object({
      feature: z.string(),
      quantity: z.bigint().describe('Units.'),
      events: z.bigint(),
      cost: z.string().describe('Exact, in major units.'),
      unpricedQuantity: z.bigint().describe('Units without a price, which the cost leaves out.'),
      billMinor: minor,
    }),
  ),
  cost: z.string().describe('Exact, in major units.'),
  costMinor: minor,
  previousCostMinor: minor.describe('Of the month before, in minor units.'),
  share: z.number().describe('Share of the month’s cost, 0 to 1.'),
  billMinor: minor.describe('Its part of the bill by its share of the cost, in minor units. All parts add up to the bill.'),
});

export const showbackDto = z.object({
  month: z.string().describe('Such as 2026-11.'),
  currency: z.string(),
  items: z.array(centreShowbackDto).describe('The costliest first.'),
  unassigned: centreShowbackDto.describe('Usage that named no cost centre.'),
  costMinor: minor,
  previousCostMinor: minor,
  bill: z
    .object({ invoices: z.number().int(), totalMinor: minor })
    .describe('Invoices issued in the month: with tax, before prepaid credit and after credit notes.'),
});
