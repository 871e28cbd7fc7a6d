import { z } from 'zod';
import { instantInput, lineInput } from '@/lib/core/input';

export const newTestClockInput = z.strictObject({
  name: lineInput.default('Test clock'),
  time: instantInput.optional().describe('Where it begins: now or later, now unless said.'),
});

export const advanceInput = z.strictObject({ to: instantInput.describe('Later than the clock stands, by two years at most.') });

export const testClockDto = z.object({
  id: z.string(),
  name: z.string(),
  time: z.date().describe('The moment that its accounts take for now.'),
  advancingTo: z.date().nullable().describe('Set while it moves, and where it was to go when that broke off.'),
  accountIds: z.array(z.string()),
  createdAt: z.date(),
});
