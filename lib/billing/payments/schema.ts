import { z } from 'zod';
import { invoiceStatuses } from '../invoices/invoice';
import { dunningEnds, dunningStatuses } from './dunning';
import { failureCodes } from './gateway/charges';

export const dunningPolicyInput = z.strictObject({
  days: z
    .array(z.int('Use whole days.').min(1, 'Use 1 to 365.').max(365, 'Use 1 to 365.'))
    .min(1, 'Give at least one day.')
    .max(10, 'Give at most ten.')
    .refine((days) => days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0)), 'Name each day later than the one before.')
    .describe('Days after the first failed charge on which it is charged again. After the last it is given up.'),
  end: z.enum(dunningEnds).describe('What becomes of the subscription when an invoice is given up: `end`, or `fall_back` to the plan that costs nothing.'),
});

export const dunningPolicyDto = z.object({ days: z.array(z.number().int()), end: z.enum(dunningEnds) });

export const dunningDto = z.object({
  invoiceId: z.string(),
  invoiceNumber: z.string().nullable(),
  invoiceStatus: z.enum(invoiceStatuses),
  currency: z.string(),
  dueMinor: z.bigint().describe('Still to pay, in minor units.'),
  status: z.enum(dunningStatuses).describe('`dropped`: the invoice is owed no longer.'),
  failures: z.number().int().describe('Charges that failed.'),
  lastFailureCode: z.enum(failureCodes),
  startedAt: z.date(),
  nextAttemptAt: z.date().nullable().describe('When it is charged again. Null: a charge is under way, or it has ended.'),
  endedAt: z.date().nullable(),
});
