import type { Actor } from '@/lib/core/context';
import { Prisma, type Database } from '@/lib/core/database';
import type { GatewayMovement } from '../../payments/gateway/gateway';
import type { ComparedKind, Difference, DifferenceStatus, Reconciliation, ToldMovement } from './reconciliation';

type RunRow = Prisma.ReconciliationGetPayload<object>;

function runFrom({ actorKind, actorId, claimedUntil: _, ...row }: RunRow): Reconciliation {
  return { ...row, requestedBy: { kind: actorKind as Actor['kind'], id: actorId } };
}

function differenceFrom({ kind, ...row }: Prisma.ReconciliationDifferenceGetPayload<object>): Difference {
  return { ...row, kind: kind as ComparedKind };
}

/** The channel on which those who compare hear of new comparisons. */
export const reconciliationChannel = 'reconciliation';

/** Writes the comparison, unless one with the gateway is under way. Returns whether it was written. */
export async function insertReconciliation(db: Database, { requestedBy, ...run }: Reconciliation): Promise<boolean> {
  const { count } = await db.reconciliation.createMany({ data: [{ ...run, actorKind: requestedBy.kind, actorId: requestedBy.id }], skipDuplicates: true });
  if (count === 1) await db.$executeRaw`SELECT pg_notify(${reconciliationChannel}, '')`;
  return count === 1;
}

/** When a comparison with the gateway was last asked for; null: never. */
export async function readLastRequest(db: Database, gateway: string): Promise<Date | null> {
  return (await db.reconciliation.findFirst({ where: { gateway }, orderBy: { requestedAt: 'desc' }, select: { requestedAt: true } }))?.requestedAt ?? null;
}

/** Takes a comparison that waits, or whose process died; nobody else takes it until `until`. What was told of it before is forgotten. */
export async function takeReconciliation(db: Database, { gateways, now, until }: { gateways: string[]; now: Date; until: Date }): Promise<Reconciliation | null> {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    UPDATE reconciliation SET claimed_until = ${until}
    WHERE id = (
      SELECT id FROM reconciliation WHERE finished_at IS NULL AND gateway = ANY(${gateways}) AND (claimed_until IS NULL OR claimed_until <= ${now})
      ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id`;
  if (!taken) return null;
  await forgetMovements(db, taken.id);
  return runFrom(await db.reconciliation.findUniqueOrThrow({ where: { id: taken.id } }));
}

export async function forgetMovements(db: Database, reconciliationId: string): Promise<void> {
  await db.reconciliationMovement.deleteMany({ where: { reconciliationId } });
}

export async function finishReconciliation(db: Database, id: string, outcome: Pick<Reconciliation, 'movements' | 'differences' | 'failure' | 'finishedAt'>): Promise<void> {
  await db.reconciliation.updateMany({ where: { id, finishedAt: null }, data: { ...outcome, claimedUntil: null } });
}

/** Keeps what the gateway told, each movement once. */
export async function keepMovements(db: Database, reconciliationId: string, movements: readonly GatewayMovement[]): Promise<void> {
  await db.reconciliationMovement.createMany({
    data: movements.map(({ reference, kind, source, amountMinor, feeMinor, currency, feeCurrency = currency, occurredAt }) => ({ reconciliationId, reference, kind, source, amountMinor, feeMinor, feeCurrency, currency, occurredAt })),
    skipDuplicates: true,
  });
}

/** What the gateway told, by kind and source, after that place; at most so many. */
export function readTold(db: Database, reconciliationId: string, after: { kind: string; source: string }, most: number): Promise<ToldMovement[]> {
  return db.$queryRaw`
    SELECT kind, source, currency, sum(amount_minor)::bigint AS "amountMinor", sum(fee_minor)::bigint AS "feeMinor", min(fee_currency) AS "feeCurrency", min(occurred_at) AS "occurredAt"
    FROM reconciliation_movement WHERE reconciliation_id = ${reconciliationId} AND (kind, source) > (${after.kind}, ${after.source})
    GROUP BY kind, source, currency ORDER BY kind, source LIMIT ${most}`;
}

/** Which of those the gateway told. */
export async function readToldAmong(db: Database, reconciliationId: string, named: readonly { kind: string; source: string }[]): Promise<Set<string>> {
  if (named.length === 0) return new Set();
  const rows = await db.$queryRaw<{ kind: string; source: string }[]>`
    SELECT DISTINCT kind, source FROM reconciliation_movement
    WHERE reconciliation_id = ${reconciliationId} AND (kind, source) IN (${Prisma.join(named.map(({ kind, source }) => Prisma.sql`(${kind}, ${source})`))})`;
  return new Set(rows.map(({ kind, source }) => `${kind} ${source}`));
}

/** Keeps the difference. Found before, it is the same one: open again if it was thought to be mended, explained if it was explained. */
export async function keepDifference(db: Database, difference: Difference): Promise<void> {
  const { gateway, kind, source, problem, accountId, subject, currency, oursMinor, theirsMinor, ourState, lastFoundBy } = difference;
  const name = { gateway_kind_source_problem: { gateway, kind, source, problem } };
  const known = await db.reconciliationDifference.findUnique({ where: name, select: { status: true } });
  const opensAgain = known && (known.status === 'repaired' || known.status === 'gone');
  await db.reconciliationDifference.upsert({
    where: name,
    create: difference,
    update: { accountId, subject, currency, oursMinor, theirsMinor, ourState, lastFoundBy, ...(opensAgain && { status: 'open', note: null, resolvedAt: null }) },
  });
}

/** Notes that open differences of the window were found no longer. */
export async function closeGone(db: Database, { id, gateway, windowStart, windowEnd }: Reconciliation, now: Date): Promise<void> {
  await db.reconciliationDifference.updateMany({
    where: { gateway, status: 'open', occurredAt: { gte: windowStart, lt: windowEnd }, lastFoundBy: { not: id } },
    data: { status: 'gone', resolvedAt: now },
  });
}

export async function resolveRow(db: Database, id: string, change: Pick<Difference, 'status' | 'note' | 'resolvedAt'>): Promise<void> {
  await db.reconciliationDifference.update({ where: { id }, data: change });
}

/** Some of the comparisons, newest first, and how many there are. */
export async function readReconciliations(db: Database, range: { skip: number; take: number }): Promise<{ items: Reconciliation[]; total: number }> {
  const rows = await db.reconciliation.findMany({ orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(runFrom), total: await db.reconciliation.count() };
}

export async function readReconciliation(db: Database, id: string): Promise<Reconciliation | null> {
  const row = await db.reconciliation.findUnique({ where: { id } });
  return row && runFrom(row);
}

/** What a seller may see: what is about its customers, and what is about nobody known. */
async function visibleTo(db: Database, accountId: string): Promise<Prisma.ReconciliationDifferenceWhereInput> {
  const { sellerId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } });
  return { OR: [{ accountId: null }, { account: { sellerId } }] };
}

/** Some of the differences that the account's seller may see, newest first, and how many there are. */
export async function readDifferences(
  db: Database,
  accountId: string,
  filter: { status?: DifferenceStatus; lastFoundBy?: string },
  range: { skip: number; take: number },
): Promise<{ items: Difference[]; total: number }> {
  const where = { ...filter, ...(await visibleTo(db, accountId)) };
  const rows = await db.reconciliationDifference.findMany({ where, orderBy: [{ foundAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(differenceFrom), total: await db.reconciliationDifference.count({ where }) };
}

/** A difference that the account's seller may see; another is null. */
export async function readDifference(db: Database, accountId: string, id: string): Promise<Difference | null> {
  const row = await db.reconciliationDifference.findFirst({ where: { id, ...(await visibleTo(db, accountId)) } });
  return row && differenceFrom(row);
}
