import { z } from 'zod';
import { exportChanges, listChanges, type Change } from '@/lib/audit/list-changes';
import { changeDto, changeFilterInput } from '@/lib/audit/schema';
import { getAccount } from '@/lib/billing/accounts/get-account';
import { daysInTime } from '@/lib/billing/time/days';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { dayInput } from '@/lib/core/input';
import { toCsv } from '@/lib/documents/csv';
import { contract, FileAnswer } from '@/lib/http/contract';
import { toJson } from '@/lib/http/json';

const group = 'Audit log';
const path = '/api/v1/billing/audit-log';

const filter = {
  ...changeFilterInput,
  from: dayInput.optional().describe("First calendar day, in the account's time zone."),
  to: dayInput.optional().describe('Last calendar day, included.'),
};

/** The question with its days as moments. Throws `invalid_request` when the last day comes before the first. */
async function inTime<Question extends { from?: string; to?: string }>(context: Context, { from, to, ...rest }: Question) {
  if (from === undefined && to === undefined) return rest;
  if (from !== undefined && to !== undefined && to < from) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'to', message: 'Use a day that is not before `from`.' }] });
  }
  const { timeZone } = await getAccount(context);
  return { ...rest, range: daysInTime({ from, to }, timeZone) };
}

export const listAuditLogContract = contract({
  id: 'listAuditLog',
  method: 'GET',
  path,
  group,
  summary: 'Read what was changed in the account, newest first',
  description: 'Who did what to which thing, from what to what. Pass `nextCursor` as `cursor` for the page that follows; entries that arrive meanwhile move nothing.',
  permission: 'audit:read',
  query: z.strictObject({ ...filter, cursor: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  output: z.object({ items: z.array(changeDto), nextCursor: z.string().nullable() }),
  errors: [],
  handle: async (context, { query }) => listChanges(context, await inTime(context, query)),
});

const asText = (state: Record<string, unknown>): string => (Object.keys(state).length === 0 ? '' : JSON.stringify(state));

function csvOf(changes: readonly Change[]): Uint8Array {
  const head = ['occurred_at', 'actor_kind', 'actor_id', 'actor_name', 'action', 'subject', 'before', 'after', 'request_id'];
  const rows = changes.map(({ occurredAt, actor, action, subject, before, after, requestId }) => [
    occurredAt.toISOString(), actor.kind, actor.id, actor.name ?? '', action, subject, asText(before), asText(after), requestId,
  ]);
  return toCsv([head, ...rows]);
}

export const exportAuditLogContract = contract({
  id: 'exportAuditLog',
  method: 'GET',
  path: `${path}/export`,
  group,
  summary: 'Download the audit log as CSV or JSON',
  description: 'At most 10 000 changes, newest first: choose fewer days where there are more.',
  permission: 'audit:read',
  query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv'), ...filter }),
  output: 'file',
  errors: [],
  handle: async (context, { query: { format, ...question } }) => {
    const changes = await exportChanges(context, await inTime(context, question));
    if (format === 'csv') return new FileAnswer('text/csv; charset=utf-8', 'audit-log.csv', csvOf(changes));
    return new FileAnswer('application/json; charset=utf-8', 'audit-log.json', new TextEncoder().encode(toJson(z.array(changeDto).parse(changes))));
  },
});
