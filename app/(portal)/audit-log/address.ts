import { z } from 'zod';
import { changeFilterInput } from '@/lib/audit/schema';
import { dayInput } from '@/lib/core/input';

const fields = { ...changeFilterInput, from: dayInput.optional(), to: dayInput.optional(), cursor: z.string().max(100).optional() };

/** What the address of the page asks for. What it says wrongly counts as unsaid. */
export const logQuery = z.object({
  actor: fields.actor.catch(undefined),
  group: fields.group.catch(undefined),
  subject: fields.subject.catch(undefined),
  from: fields.from.catch(undefined),
  to: fields.to.catch(undefined),
  cursor: fields.cursor.catch(undefined),
});

export type LogQuery = z.output<typeof logQuery>;

/** An address that asks for what is given. */
export function logAddress(path: string, asked: Partial<LogQuery> & { format?: 'csv' | 'json' }): string {
  const search = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return search.size > 0 ? `${path}?${search}` : path;
}
