import { z } from 'zod';
import { idInput } from '@/lib/core/input';
import { actionGroupNames } from './action-groups';

export const changeDto = z.object({
  id: z.string(),
  action: z.string().describe('What was done, such as `subscription.upgraded`.'),
  actor: z.object({
    kind: z.enum(['person', 'api_key', 'system']),
    id: z.string(),
    name: z.string().nullable().describe('Null when they are gone, and for the system.'),
  }),
  subject: z.string().describe('The id of what was changed.'),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  occurredAt: z.date(),
  requestId: z.string().describe('The request in which it happened; several changes may share one.'),
});

/** What to look for in the log, besides days. */
export const changeFilterInput = {
  actor: z.string().max(100).regex(/^[\w.-]+$/, 'This is not an id.').optional().describe('The id of who did it: a person, a key, or a part of the system.'),
  group: z.enum(actionGroupNames).optional().describe('What it was about.'),
  subject: idInput.optional().describe('The id of what was changed.'),
};
