import { z } from 'zod';
import { comparedKinds, differenceProblems, differenceStatuses } from './reconciliation';

export const reconciliationDto = z.object({
  id: z.string(),
  gateway: z.string(),
  windowStart: z.date().describe('Inclusive.'),
  windowEnd: z.date().describe('Exclusive.'),
  movements: z.number().int().describe('Movements that the payment provider told of.'),
  differences: z.number().int().describe('Differences that were found, explained ones among them.'),
  requestedAt: z.date(),
  finishedAt: z.date().nullable().describe('Null while it is under way.'),
  failure: z.string().nullable().describe('Why it broke off. The next one looks at the same days again.'),
});

const signed = z.bigint().nullable();

export const differenceDto = z.object({
  id: z.string(),
  gateway: z.string(),
  kind: z.enum(comparedKinds),
  source: z.string().describe("The payment provider's own name of the charge, the refund or the dispute."),
  problem: z.enum(differenceProblems),
  status: z.enum(differenceStatuses).describe('`gone`: a later comparison found it no longer.'),
  accountId: z.string().nullable().describe('Whose it is; null where our books have nothing of it.'),
  subject: z.string().nullable().describe('Our own name of it.'),
  currency: z.string(),
  oursMinor: signed.describe('Minor units by our books: what came in is above zero. Null: not moved there.'),
  theirsMinor: signed.describe("The same by the payment provider's. Null: it was not told of."),
  ourState: z.string().nullable(),
  occurredAt: z.date(),
  note: z.string().nullable().describe('Why it is as it should be, where that was said.'),
  lastFoundBy: z.string().describe('The comparison that found it last.'),
  foundAt: z.date(),
  resolvedAt: z.date().nullable(),
});
