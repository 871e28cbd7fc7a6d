import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import type { CallKind, LoadAnswer, PlannedCall } from '@/lib/testing/quota-load';
import { createSubscription } from '../subscriptions/create-subscription';
import { drainQuotaEngine } from './engine/engine';
import { proveCounters } from './proof/prove-counters';

const test = useTestDatabase();
const now = new Date('2026-03-10T08:00:00.000Z');
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(now);
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

async function customers(count: number, planKey: string): Promise<string[]> {
  const accounts = await Promise.all(Array.from({ length: count }, () => seedAccount(sellerId, now)));
  for (const { context } of accounts) await createSubscription(context, { planKey, interval: 'month' });
  return accounts.map(({ context }) => context.accountId);
}

interface Running {
  child: ChildProcess;
  answers: LoadAnswer[];
  /** Settles with the exit code; null when it was killed. */
  ended: Promise<number | null>;
}

function startLoad(calls: PlannedCall[], callers: number, onAnswer?: (running: Running) => void): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/quota-load.ts'], {
    env: { ...process.env, DATABASE_URL: test.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const running: Running = { child, answers: [], ended };
  createInterface({ input: child.stdout }).on('line', (line) => {
    running.answers.push(JSON.parse(line) as LoadAnswer);
    onAnswer?.(running);
  });
  child.stdin.end(JSON.stringify({ now: now.toISOString(), callers, calls }));
  return running;
}

/** Expects events, reservations, keys and rollups to tell the same as the counters, and gives these by account and feature. */
async function audit(accounts: readonly string[]): Promise<Map<string, { used: bigint; limit: bigint | null; policy: string | null }>> {
  for (const accountId of accounts) {
    const context = { actor: { kind: 'system' as const, id: 'test' }, accountId, clock: new FixedClock(now), requestId: 'req_test' };
    expect((await proveCounters(context)).discrepancies).toEqual([]);
  }
  const [keys] = await database().$queryRaw<{ once: boolean }[]>`
    SELECT (SELECT count(*) FROM usage_event) = (SELECT count(DISTINCT id) FROM usage_event) AS once`;
  expect(keys).toEqual({ once: true });
  const rows = await database().quotaCounter.findMany();
  expect(rows.filter(({ held }) => held !== 0n)).toEqual([]);
  return new Map(rows.map((row) => [`${row.accountId} ${row.featureKey}`, { used: row.used, limit: row.limitQuantity, policy: row.policy }]));
}

const kinds: readonly CallKind[] = ['consume', 'commit', 'consume', 'level', 'consume', 'consume', 'release', 'void'];

describe('several servers at once', { timeout: 240_000 }, () => {
  it('counts each key once and never passes a limit by one unit, whatever they do', async () => {
    const accounts = [...(await customers(6, 'free')), ...(await customers(2, 'pro'))];
    const features = ['api_calls', 'ai_chat', 'email', 'tokens'];
    const planned = (index: number, key: string): PlannedCall => {
      const kind = kinds[index % kinds.length] ?? 'consume';
      // Every second call is for one customer and feature.
      const hot = index % 2 === 0;
      const feature = (hot ? 'api_calls' : features[(index >> 1) % features.length]) ?? '';
      return {
        kind, key, quantity: 1 + (index % 3), accountId: (hot ? accounts[0] : accounts[index % accounts.length]) ?? '',
        feature: kind === 'level' ? 'agent_seats' : feature,
      };
    };
    const servers = [0, 1, 2, 3].map((server) =>
      startLoad(
        Array.from({ length: 256 }, (_, index) => planned(index, index % 3 === 0 ? `shared-${index}` : `own-${server}-${index}`)),
        64,
      ),
    );
    expect(await Promise.all(servers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);

    const answers = servers.flatMap((server) => server.answers);
    expect(answers).toHaveLength(1024);
    const counters = await audit(accounts);
    const accepted = new Map(answers.filter(({ allowed }) => allowed).map((answer) => [`${answer.accountId} ${answer.key}`, answer]));
    for (const [name, counter] of counters) {
      const taken = [...accepted.values()].filter((answer) => `${answer.accountId} ${answer.feature}` === name);
      expect(counter.used, name).toBe(BigInt(taken.reduce((sum, { counts }) => sum + counts, 0)));
      if (counter.policy === 'block' && counter.limit !== null) expect(counter.used).toBeLessThanOrEqual(counter.limit);
    }
    expect(answers.some(({ allowed }) => !allowed)).toBe(true);
    for (const shared of [...accepted.values()].filter(({ key }) => key.startsWith('shared'))) {
      const same = answers.filter((answer) => answer.allowed && answer.key === shared.key && answer.accountId === shared.accountId);
      expect(new Set(same.map(({ used }) => used)).size).toBe(1);
    }
  });

  it('loses no acknowledged unit when a server is killed, and counts a retried one once', async () => {
    const [accountId = ''] = await customers(1, 'pro');
    const calls = Array.from({ length: 3000 }, (_, index): PlannedCall => ({ kind: 'consume', accountId, feature: 'api_calls', quantity: 1, key: `kill-${index}` }));
    const killed = startLoad(calls, 64, (running) => {
      if (running.answers.length === 700) running.child.kill('SIGKILL');
    });
    expect(await killed.ended).toBeNull();
    expect(killed.answers.length).toBeLessThan(3000);

    const before = (await audit([accountId])).get(`${accountId} api_calls`)?.used ?? 0n;
    expect(before).toBeGreaterThanOrEqual(BigInt(killed.answers.length));

    const again = startLoad(calls, 64);
    expect(await again.ended).toBe(0);
    expect((await audit([accountId])).get(`${accountId} api_calls`)?.used).toBe(3000n);
    const first = new Map(killed.answers.map((answer) => [answer.key, answer.used]));
    for (const answer of again.answers) if (first.has(answer.key)) expect(answer.used).toBe(first.get(answer.key));
  });
});
