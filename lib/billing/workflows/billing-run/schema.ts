import { z } from 'zod';

export const runDto = z.object({
  id: z.string(),
  dueBy: z.date().describe('Periods that end by then are closed.'),
  found: z.number().int().describe('Accounts with a period to close, so far.'),
  foundAll: z.boolean().describe('Whether these are all.'),
  done: z.number().int(),
  failed: z.number().int(),
  startedBy: z.object({ kind: z.string(), id: z.string() }),
  startedAt: z.date(),
  finishedAt: z.date().nullable().describe('Null while it is under way.'),
});

export const runFailureDto = z.object({
  accountId: z.string(),
  reason: z.string().describe('A code, a colon and a sentence.'),
  failedAt: z.date(),
  nextAttemptAt: z.date().nullable().describe('Null when it was closed since.'),
});
