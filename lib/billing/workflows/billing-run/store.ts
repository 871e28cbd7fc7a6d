import { Prisma, type Database } from '@/lib/core/database';
import type { Actor } from '@/lib/core/context';
import type { BillingRun, RunFailure } from './billing-run';

type RunRow = Prisma.BillingRunGetPayload<object>;

function runFrom({ cursor: _, actorKind, actorId, ...row }: RunRow): BillingRun {
  return { ...row, startedBy: { kind: actorKind, id: actorId } };
}

/** Subscriptions `s` of accounts `c` whose period is over and the portal's to close; accounts that failed wait, and simulated ones are left alone. */
const due = (now: Date): Prisma.Sql => Prisma.sql`
  s.status IN ('trialing', 'active', 'past_due') AND s.current_period_end <= ${now} AND s.managed_by = 'portal' AND c.test_clock_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM closing_failure f WHERE f.account_id = c.id AND f.next_attempt_at > ${now})`;

/** Sellers with a run under way or with a period that is over. */
export async function readSellersToRun(db: Database, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM seller WHERE EXISTS (SELECT 1 FROM billing_run r WHERE r.seller_id = seller.id AND r.finished_at IS NULL)
      OR EXISTS (SELECT 1 FROM subscription s JOIN account c ON c.id = s.account_id WHERE c.seller_id = seller.id AND ${due(now)})
    ORDER BY id`;
  return rows.map(({ id }) => id);
}

/** Begins the run, unless one of the seller is under way. Returns the one that is, and whether it was begun now. */
export async function beginRun(db: Database, run: { id: string; sellerId: string; now: Date; actor: Actor }): Promise<{ run: BillingRun; begun: boolean } | null> {
  const begun = await db.$executeRaw`
    INSERT INTO billing_run (id, seller_id, due_by, actor_kind, actor_id, started_at)
    VALUES (${run.id}, ${run.sellerId}, ${run.now}, ${run.actor.kind}, ${run.actor.id}, ${run.now})
    ON CONFLICT (seller_id) WHERE finished_at IS NULL DO NOTHING`;
  const row = await db.billingRun.findFirst({ where: { sellerId: run.sellerId, finishedAt: null } });
  return row && { run: runFrom(row), begun: begun > 0 };
}

/** Finds the next accounts of the run, by id from where it stands. Returns how many; none when all are found. One worker at a time. */
export async function findMore(db: Database, runId: string, most: number): Promise<number> {
  const [run] = await db.$queryRaw<{ sellerId: string; dueBy: Date; cursor: string; foundAll: boolean }[]>`
    SELECT seller_id AS "sellerId", due_by AS "dueBy", cursor, found_all AS "foundAll" FROM billing_run WHERE id = ${runId} FOR UPDATE`;
  if (!run || run.foundAll) return 0;
  const accounts = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM account c JOIN subscription s ON s.account_id = c.id
    WHERE c.seller_id = ${run.sellerId} AND c.id > ${run.cursor} AND ${due(run.dueBy)}
    ORDER BY c.id LIMIT ${most}`;
  await db.billingRunTask.createMany({ data: accounts.map(({ id }) => ({ runId, accountId: id })), skipDuplicates: true });
  await db.billingRun.update({
    where: { id: runId },
    data: { cursor: accounts.at(-1)?.id ?? run.cursor, found: { increment: accounts.length }, foundAll: accounts.length < most },
  });
  return accounts.length;
}

/** Takes accounts of the run that nobody works on until `until`, with how often each failed before. */
export function takeTasks(db: Database, runId: string, now: Date, until: Date, most: number): Promise<{ accountId: string; failures: number }[]> {
  return db.$queryRaw`
    WITH taken AS (
      UPDATE billing_run_task SET claimed_until = ${until}
      WHERE (run_id, account_id) IN (
        SELECT run_id, account_id FROM billing_run_task
        WHERE run_id = ${runId} AND status = 'waiting' AND (claimed_until IS NULL OR claimed_until <= ${now})
        ORDER BY account_id LIMIT ${most} FOR UPDATE SKIP LOCKED
      )
      RETURNING account_id
    )
    SELECT account_id AS "accountId", COALESCE((SELECT attempts FROM closing_failure f WHERE f.account_id = taken.account_id), 0) AS failures FROM taken`;
}

/** Notes in the transaction that closed the account's period that it is done. */
export async function finishTask(db: Database, runId: string, accountId: string, now: Date, failedBefore: boolean): Promise<void> {
  await db.$executeRaw`UPDATE billing_run_task SET status = 'done', finished_at = ${now} WHERE run_id = ${runId} AND account_id = ${accountId} AND status = 'waiting'`;
  if (failedBefore) await db.closingFailure.deleteMany({ where: { accountId } });
}

/** Notes why the account's period could not be closed, and when it is tried again. */
export async function failTask(db: Database, runId: string, failure: { accountId: string; reason: string; attempts: number; now: Date; nextAttemptAt: Date }): Promise<void> {
  const { accountId, reason, attempts, now, nextAttemptAt } = failure;
  await db.billingRunTask.updateMany({ where: { runId, accountId, status: 'waiting' }, data: { status: 'failed', failure: reason, finishedAt: now } });
  const row = { attempts, reason, failedAt: now, nextAttemptAt };
  await db.closingFailure.upsert({ where: { accountId }, create: { accountId, ...row }, update: row });
}

/** Finishes the run when nothing of it waits, with its counts; only what failed is kept. Returns whether it was finished now. */
export async function finishRun(db: Database, runId: string, now: Date): Promise<boolean> {
  await db.$queryRaw`SELECT id FROM billing_run WHERE id = ${runId} FOR UPDATE`;
  const finished = await db.$executeRaw`
    UPDATE billing_run SET finished_at = ${now},
      done = (SELECT count(*) FROM billing_run_task WHERE run_id = ${runId} AND status = 'done'),
      failed = (SELECT count(*) FROM billing_run_task WHERE run_id = ${runId} AND status = 'failed')
    WHERE id = ${runId} AND found_all AND finished_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM billing_run_task WHERE run_id = ${runId} AND status = 'waiting')`;
  if (finished > 0) await db.billingRunTask.deleteMany({ where: { runId, status: 'done' } });
  return finished > 0;
}

/** Counts what a run under way has done so far. */
async function withProgress(db: Database, run: BillingRun): Promise<BillingRun> {
  if (run.finishedAt) return run;
  const counts = await db.billingRunTask.groupBy({ by: ['status'], where: { runId: run.id }, _count: true });
  const of = (status: string): number => counts.find((count) => count.status === status)?._count ?? 0;
  return { ...run, done: of('done'), failed: of('failed') };
}

/** The seller of an account. */
export async function readSellerOf(db: Database, accountId: string): Promise<string> {
  return (await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } })).sellerId;
}

/** Runs of the seller, newest first. */
export async function readRuns(db: Database, sellerId: string, range: { skip: number; take: number }): Promise<{ items: BillingRun[]; total: number }> {
  const rows = await db.billingRun.findMany({ where: { sellerId }, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], ...range });
  const items: BillingRun[] = [];
  for (const row of rows) items.push(await withProgress(db, runFrom(row)));
  return { items, total: await db.billingRun.count({ where: { sellerId } }) };
}

/** A run of the seller; another's is null. */
export async function readRun(db: Database, sellerId: string, id: string): Promise<BillingRun | null> {
  const row = await db.billingRun.findFirst({ where: { id, sellerId } });
  return row && withProgress(db, runFrom(row));
}

/** What failed in a run, by account, at most so many. */
export function readFailures(db: Database, runId: string, most: number): Promise<RunFailure[]> {
  return db.$queryRaw`
    SELECT t.account_id AS "accountId", t.failure AS reason, t.finished_at AS "failedAt", f.next_attempt_at AS "nextAttemptAt"
    FROM billing_run_task t LEFT JOIN closing_failure f ON f.account_id = t.account_id
    WHERE t.run_id = ${runId} AND t.status = 'failed' ORDER BY t.account_id LIMIT ${most}`;
}
