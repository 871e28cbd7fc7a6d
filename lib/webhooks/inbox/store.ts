import type { Database, Prisma } from '@/lib/core/database';
import type { EventSubject } from '@/lib/billing/payments/gateway/gateway';
import type { Notice, NoticeStatus } from './notice';

function noticeFrom({ subjectKind, ...row }: Prisma.GatewayNoticeGetPayload<object>): Notice {
  return { ...row, subjectKind: subjectKind as EventSubject | null };
}

/** The channel on which those who apply notices hear of new ones. */
export const noticeChannel = 'gateway_notice';

async function wake(db: Database): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${noticeChannel}, '')`;
}

/** Keeps the notice unless it was seen before. Returns whether it is new. */
export async function insertNotice(db: Database, notice: Notice): Promise<boolean> {
  const { count } = await db.gatewayNotice.createMany({ data: [notice], skipDuplicates: true });
  if (count === 1 && notice.status === 'waiting') await wake(db);
  return count === 1;
}

/**
 * Takes notices that are due, longest first. Nobody else takes them until `again`, when they are due once more should this
 * process have died on the way.
 */
export async function takeDueNotices(db: Database, { gateways, now, again, most }: { gateways: string[]; now: Date; again: Date; most: number }): Promise<Notice[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE gateway_notice SET attempts = attempts + 1, next_attempt_at = ${again}
    WHERE id IN (
      SELECT id FROM gateway_notice WHERE next_attempt_at <= ${now} AND gateway = ANY(${gateways}) ORDER BY next_attempt_at, id LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    RETURNING id`;
  return (await db.gatewayNotice.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] })).map(noticeFrom);
}

/** Notes how an attempt ended, unless the notice was started anew meanwhile. */
export async function noteOutcome(
  db: Database,
  notice: Pick<Notice, 'id' | 'attempts'>,
  outcome: Pick<Notice, 'status' | 'nextAttemptAt' | 'failure' | 'finishedAt'> & { accountId?: string },
): Promise<void> {
  await db.gatewayNotice.updateMany({ where: { id: notice.id, attempts: notice.attempts, status: 'waiting' }, data: outcome });
}

/** What a seller may see: what is about its customers, and what is about nobody known. */
async function visibleTo(db: Database, accountId: string): Promise<Prisma.GatewayNoticeWhereInput> {
  const { sellerId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } });
  return { OR: [{ accountId: null }, { account: { sellerId } }] };
}

export interface NoticeFilter {
  status?: NoticeStatus;
  gateway?: string;
}

/** Some of the notices that the account's seller may see, newest first, and how many there are. */
export async function readNotices(db: Database, accountId: string, filter: NoticeFilter, range: { skip: number; take: number }): Promise<{ items: Notice[]; total: number }> {
  const where = { ...filter, ...(await visibleTo(db, accountId)) };
  const rows = await db.gatewayNotice.findMany({ where, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(noticeFrom), total: await db.gatewayNotice.count({ where }) };
}

/** A notice that the account's seller may see; another is null. */
export async function readNotice(db: Database, accountId: string, id: string): Promise<Notice | null> {
  const row = await db.gatewayNotice.findFirst({ where: { id, ...(await visibleTo(db, accountId)) } });
  return row && noticeFrom(row);
}

const anew = (now: Date) => ({ status: 'waiting', attempts: 0, nextAttemptAt: now, failure: null, finishedAt: null }) as const;

/** Has a notice about something applied anew, at once. */
export async function restartNotice(db: Database, id: string, now: Date): Promise<void> {
  await db.gatewayNotice.update({ where: { id }, data: anew(now) });
  await wake(db);
}

/** The same for every dead one that the account's seller may see. Returns their ids. */
export async function restartDeadNotices(db: Database, accountId: string, now: Date): Promise<string[]> {
  const where = { status: 'dead' as const, ...(await visibleTo(db, accountId)) };
  const ids = (await db.gatewayNotice.findMany({ where, select: { id: true } })).map(({ id }) => id);
  await db.gatewayNotice.updateMany({ where: { id: { in: ids }, status: 'dead' }, data: anew(now) });
  if (ids.length > 0) await wake(db);
  return ids;
}

/** Deletes notices received before the moment that wait no longer and are not dead. Returns how many. */
export async function deleteOldNotices(db: Database, before: Date): Promise<number> {
  return (await db.gatewayNotice.deleteMany({ where: { receivedAt: { lt: before }, status: { in: ['applied', 'ignored'] } } })).count;
}
