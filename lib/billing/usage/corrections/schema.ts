import { z } from 'zod';

export const correctionDto = z.object({
  id: z.string().nullable().describe('Id of the correction, an event of its own. Null when the event counted that already.'),
  corrects: z.string().describe('Id of the event that it corrects.'),
  feature: z.string(),
  quantity: z.bigint().describe('The difference: negative where it takes away.'),
  counts: z.bigint().describe('What the event counts from now on.'),
  occurredAt: z.date().describe('The moment of the event: the difference counts there, in its period.'),
  recordedAt: z.date(),
  reason: z.string().nullable(),
});
