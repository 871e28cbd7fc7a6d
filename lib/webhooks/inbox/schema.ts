import { z } from 'zod';
import { noticeStatuses } from './notice';

export const noticeDto = z.object({
  id: z.string(),
  gateway: z.string(),
  eventId: z.string().describe("The payment provider's own name of it."),
  type: z.string().describe("The payment provider's word for it."),
  subjectKind: z.string().nullable().describe('What it is about; null for what is kept and ignored.'),
  reference: z.string().nullable().describe("The payment provider's own name of that."),
  accountId: z.string().nullable().describe('Whom it turned out to be about.'),
  status: z.enum(noticeStatuses).describe('`ignored`: nothing of ours. `dead`: given up after eight tries over two days.'),
  attempts: z.number().int(),
  nextAttemptAt: z.date().nullable().describe('Null when no further attempt will be made.'),
  failure: z.string().nullable().describe('Why the newest attempt failed, or why it was ignored.'),
  occurredAt: z.date(),
  receivedAt: z.date(),
  finishedAt: z.date().nullable(),
});
