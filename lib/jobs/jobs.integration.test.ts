import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { requireSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { FixedClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { forgetExpiredJob } from './forget-expired';
import { makeUsagePartitionsJob } from './make-usage-partitions';
import { allJobs, startJobs, stopJobs } from './queue';

useTestDatabase();
const start = new Date('2026-01-31T09:00:00Z');

afterEach(stopJobs);

describe('the jobs', () => {
  it('run from the start on: what fell due while nothing ran is renewed', async () => {
    const { context } = await seedAccount(await seedSeller(start), start);
    await createSubscription(context, { planKey: 'free', interval: 'month' });
    await startJobs(new FixedClock(new Date('2026-04-01T00:00:00Z')));
    await vi.waitFor(async () => expect((await requireSubscription(context)).periodIndex).toBe(2), { timeout: 20_000, interval: 200 });
    const scheduled = await database().$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.schedule ORDER BY name`;
    expect(scheduled.map(({ name }) => name)).toEqual(allJobs.map(({ name }) => name).sort());
  });

  it('can be stopped and started again', async () => {
    let runs = 0;
    const probe = { name: 'probe', cron: '0 0 1 1 *', expireInSeconds: 60, run: async () => ({ runs: (runs += 1) }) };
    await startJobs(new FixedClock(start), [probe]);
    await expect(startJobs(new FixedClock(start), [probe])).rejects.toThrow();
    await vi.waitFor(() => expect(runs).toBe(1), { timeout: 20_000 });
    await stopJobs();
    await startJobs(new FixedClock(start), [probe]);
    await vi.waitFor(() => expect(runs).toBe(2), { timeout: 20_000 });
  });
});

describe('forgetting what has expired', () => {
  it('keeps stored answers for a day', async () => {
    const record = (key: string, createdAt: string) => ({ scope: 'test', key, requestHash: '', createdAt: new Date(createdAt) });
    await database().idempotencyRecord.createMany({ data: [record('old', '2026-01-30T08:59:59Z'), record('young', '2026-01-30T09:00:01Z')] });
    expect(await forgetExpiredJob.run(new FixedClock(start))).toMatchObject({ answers: 1 });
    expect((await database().idempotencyRecord.findMany()).map(({ key }) => key)).toEqual(['young']);
  });
});

describe('making usage partitions', () => {
  it('makes this month and the next three, once', async () => {
    const clock = new FixedClock(new Date('2031-11-05T00:00:00Z'));
    await makeUsagePartitionsJob.run(clock);
    await makeUsagePartitionsJob.run(clock);
    const tables = await database().$queryRaw<{ name: string }[]>`
      SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'usage_event'::regclass AND inhrelid::regclass::text LIKE 'usage_event_203%' ORDER BY 1`;
    expect(tables.map(({ name }) => name)).toEqual(['usage_event_2031_11', 'usage_event_2031_12', 'usage_event_2032_01', 'usage_event_2032_02']);
  });
});
