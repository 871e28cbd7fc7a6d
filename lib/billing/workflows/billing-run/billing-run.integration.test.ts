import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, pool } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { seedManySubscribers } from '@/lib/testing/many-subscribers';
import { subscribe } from '../subscribe';
import { getRun, listRuns } from './read-runs';
import { closeDuePeriods } from './close-due-periods';

const { url } = useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');
const border = new Date('2026-02-28T09:00:00Z');
const minutes = (count: number) => new Date(border.getTime() + count * 60_000);
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(start);
});

async function customers(count: number) {
  const contexts: Context[] = [];
  for (let index = 0; index < count; index += 1) {
    const { context } = await seedAccount(sellerId, start);
    await subscribe(context, { planKey: 'pro', interval: 'month' });
    contexts.push(context);
  }
  return contexts;
}

const invoices = (accountIds: string[]) => database().invoice.findMany({ where: { accountId: { in: accountIds }, reason: 'renewal' } });
const runs = async ({ context }: { context: Context }) => (await listRuns(context, { page: 1, pageSize: 10 })).items;

/** Makes closing the account's period impossible: the plan's fee cannot be written as an invoice any more. */
const breakIt = (accountId: string) => database().$executeRaw`UPDATE subscription SET anchor_at = '0001-01-01', period_index = 2147483646 WHERE account_id = ${accountId}`;
const mendIt = (accountId: string) => database().$executeRaw`UPDATE subscription SET anchor_at = ${start}, period_index = 0 WHERE account_id = ${accountId}`;

describe('a run', () => {
  it('closes what is due, tells how far it is, and is not begun when nothing is due', async () => {
    const [context] = await customers(3);
    await closeDuePeriods(new FixedClock(new Date(border.getTime() - 1)));
    expect(await runs({ context: context! })).toEqual([]);
    expect(await closeDuePeriods(new FixedClock(border))).toEqual({ closed: 3, failed: 0 });
    const [run, ...others] = await runs({ context: context! });
    expect(others).toEqual([]);
    expect(run).toMatchObject({ dueBy: border, found: 3, foundAll: true, done: 3, failed: 0, startedBy: { kind: 'system', id: 'renewal' }, startedAt: border, finishedAt: border });
    expect(await getRun(context!, run!.id)).toMatchObject({ failures: [] });
    expect(await closeDuePeriods(new FixedClock(minutes(1)))).toEqual({ closed: 0, failed: 0 });
    expect(await database().billingRunTask.count()).toBe(0);
  });

  it('is not seen by another seller', async () => {
    const { id } = await database().seller.create({
      data: { id: 'sel_other', name: 'O', legalName: 'O', addressLines: [], country: 'US', email: 'o@demo.example', invoicePrefix: 'O', createdAt: start },
    });
    const { context } = await seedAccount(id, start);
    const run = await database().billingRun.findFirstOrThrow();
    expect(await runs({ context })).toEqual([]);
    await expect(getRun(context, run.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps why an account failed, closes all others, and tries it again after a while and longer', async () => {
    const [bad, good] = await customers(2);
    await breakIt(bad!.accountId);
    expect(await closeDuePeriods(new FixedClock(minutes(10)))).toEqual({ closed: 1, failed: 1 });
    expect(await invoices([good!.accountId])).toHaveLength(1);
    const [run] = await runs({ context: bad! });
    expect(await getRun(bad!, run!.id)).toMatchObject({
      done: 1, failed: 1, finishedAt: minutes(10),
      failures: [{ accountId: bad!.accountId, reason: expect.stringMatching(/^internal: /), failedAt: minutes(10), nextAttemptAt: minutes(11) }],
    });
    expect(await closeDuePeriods(new FixedClock(minutes(10.5)))).toEqual({ closed: 0, failed: 0 });
    expect(await closeDuePeriods(new FixedClock(minutes(11)))).toEqual({ closed: 0, failed: 1 });
    expect(await closeDuePeriods(new FixedClock(minutes(15)))).toEqual({ closed: 0, failed: 0 });
    await mendIt(bad!.accountId);
    expect(await closeDuePeriods(new FixedClock(minutes(16)))).toEqual({ closed: 1, failed: 0 });
    expect(await invoices([bad!.accountId])).toHaveLength(1);
    expect(await database().closingFailure.count()).toBe(0);
  });

  it('goes on where it was left when its worker died', async () => {
    const contexts = await customers(4);
    const accountIds = contexts.map(({ accountId }) => accountId).sort();
    const now = minutes(20);
    // As a worker leaves it that was killed after it had found and taken two of four accounts and closed one.
    await database().billingRun.create({
      data: { id: 'run_left', sellerId, dueBy: now, cursor: accountIds[1]!, found: 2, actorKind: 'system', actorId: 'renewal', startedAt: now },
    });
    const claimedUntil = minutes(25);
    await database().billingRunTask.createMany({
      data: [
        { runId: 'run_left', accountId: accountIds[0]!, status: 'done', finishedAt: now },
        { runId: 'run_left', accountId: accountIds[1]!, claimedUntil },
      ],
    });
    expect(await closeDuePeriods(new FixedClock(minutes(21)))).toEqual({ closed: 2, failed: 0 });
    expect((await runs({ context: contexts[0]! }))[0]).toMatchObject({ id: 'run_left', found: 4, done: 3, finishedAt: null });
    expect(await closeDuePeriods(new FixedClock(claimedUntil))).toEqual({ closed: 1, failed: 0 });
    expect((await runs({ context: contexts[0]! }))[0]).toMatchObject({ id: 'run_left', found: 4, done: 4, finishedAt: claimedUntil });
    // The one that was marked done without having been closed is due still: the next run finds it.
    expect(await closeDuePeriods(new FixedClock(minutes(26)))).toEqual({ closed: 1, failed: 0 });
    expect(await invoices(accountIds)).toHaveLength(4);
  });
});

/** A worker in a process of its own, and what it did; null when it was killed. */
function startWorker(at: Date) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/billing-run-process.ts', at.toISOString()], {
    env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, done: once(child, 'exit').then(() => (said ? (JSON.parse(said) as { closed: number; failed: number }) : null)) };
}

async function expectNumbered(seller: string, count: number): Promise<void> {
  const numbers = (await database().invoice.findMany({ where: { sellerId: seller }, select: { number: true }, orderBy: { number: 'asc' } })).map(({ number }) => number);
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => `MANY-${String(index + 1).padStart(6, '0')}`));
}

describe('a worker that is killed', () => {
  it('leaves nothing half done: another goes on, and each period is closed once', async () => {
    const accounts = 150;
    const many = await seedManySubscribers(pool(), { accounts, start, usage: 6_000n });
    const invoiced = () => database().invoice.count({ where: { sellerId: many.sellerId } });
    for (const goal of [20, 60]) {
      const { child, done } = startWorker(border);
      await vi.waitFor(async () => expect(await invoiced()).toBeGreaterThan(goal), { timeout: 60_000, interval: 10 });
      child.kill('SIGKILL');
      expect(await done).toBeNull();
      await database().$executeRaw`UPDATE billing_run_task SET claimed_until = ${border} WHERE status = 'waiting'`; // As if five minutes had passed.
    }
    const before = await invoiced();
    expect(before).toBeLessThan(accounts);
    expect(await closeDuePeriods(new FixedClock(minutes(6)))).toMatchObject({ failed: 0 });
    expect(await invoiced()).toBe(accounts);
    expect(await database().subscription.count({ where: { account: { sellerId: many.sellerId }, periodIndex: 1 } })).toBe(accounts);
    await expectNumbered(many.sellerId, accounts);
    expect(await database().billingRun.findMany({ where: { sellerId: many.sellerId } })).toMatchObject([{ found: accounts, done: accounts, failed: 0, finishedAt: minutes(6) }]);
  }, 180_000);
});

describe('two workers at once', () => {
  it('close 2 000 subscriptions: each exactly once, with numbers without a gap', async () => {
    const accounts = 2_000;
    const many = await seedManySubscribers(pool(), { accounts, start, usage: 6_000n });
    const [one, other] = [startWorker(border), startWorker(border)];
    const results = await Promise.all([one.done, other.done]);
    const closed = results.reduce((sum, result) => sum + (result?.closed ?? 0), 0);
    expect({ closed, failed: results.map((result) => result?.failed) }).toEqual({ closed: accounts, failed: [0, 0] });
    for (const result of results) expect(result?.closed).toBeGreaterThan(accounts / 10);

    const rows = await database().invoice.groupBy({ by: ['accountId'], where: { sellerId: many.sellerId }, _count: true, _min: { totalMinor: true }, _max: { totalMinor: true } });
    expect(rows).toHaveLength(accounts);
    // 29.99 for the month ahead and 1 000 messages beyond 5 000 at 0.01.
    expect(rows.filter(({ _count, _min, _max }) => _count !== 1 || _min.totalMinor !== 3_999n || _max.totalMinor !== 3_999n)).toEqual([]);
    await expectNumbered(many.sellerId, accounts);
    expect(await database().subscription.count({ where: { account: { sellerId: many.sellerId }, periodIndex: 1, currentPeriodStart: border } })).toBe(accounts);
    expect(await database().billingRun.findMany({ where: { sellerId: many.sellerId } })).toMatchObject([{ found: accounts, done: accounts, failed: 0 }]);
  }, 180_000);
});
