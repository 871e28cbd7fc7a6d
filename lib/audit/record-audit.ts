import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

/** What changed: a verb in the past (`subscription.upgraded`), the id of the thing, and its state around the change. */
export interface AuditRecord {
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
  /** True for what is the seller's, such as the catalog: it stands in no customer's log. */
  ofSeller?: boolean;
}

function asJson(value: unknown): Prisma.InputJsonValue | typeof Prisma.DbNull {
  if (value === undefined || value === null) return Prisma.DbNull;
  return JSON.parse(JSON.stringify(value, (_key, member) => (typeof member === 'bigint' ? member.toString() : member)));
}

/** Writes who changed what, in the transaction of the change. Big integers are kept as decimal strings. */
export async function recordAudit(transaction: Database, context: Context, record: AuditRecord): Promise<void> {
  await transaction.auditEntry.create({
    data: {
      id: newId('aud'),
      accountId: record.ofSeller ? null : context.accountId,
      actorKind: context.actor.kind,
      actorId: context.actor.id,
      action: record.action,
      subject: record.subject,
      before: asJson(record.before),
      after: asJson(record.after),
      requestId: context.requestId,
      occurredAt: context.clock.now(),
    },
  });
}
