import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/auth/api-keys';
import { checkQuota } from '@/lib/billing/quota/check-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { FixedClock, systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startProductServer, type ProductServer } from '@/lib/testing/product-server';
import { PortalClient, type ClientOptions } from '.';

useTestDatabase();
let sellerId: string;
let server: ProductServer;
let context: Context;
let apiKey: string;
const opened: PortalClient[] = [];

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
  server = await startProductServer();
});
afterAll(async () => {
  await server.close();
  await drainQuotaEngine();
  await disconnect();
});

/** A customer on the Free plan: 100 API calls, 10 000 tokens, one seat. */
beforeEach(async () => {
  const account = await seedAccount(sellerId, systemClock.now());
  context = { ...account.context, clock: systemClock };
  await createSubscription(context, { planKey: 'free', interval: 'month' });
  apiKey = (await createApiKey({ sellerId, accountId: context.accountId, name: 'test', scopes: ['quota:read', 'quota:write', 'usage:write'], expiresAt: null }, systemClock)).text;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((client) => client.close()));
});

function connect(options: Partial<ClientOptions> = {}): PortalClient {
  const client = new PortalClient({ baseUrl: server.origin, apiKey, closeAtExit: false, ...options });
  opened.push(client);
  return client;
}

/** Used and held units as the database has them, at the moment given. */
async function standing(feature: string, at = systemClock.now()): Promise<{ used: bigint | null; held: bigint | null }> {
  const { used, held } = await checkQuota({ ...context, clock: new FixedClock(at) }, { feature });
  return { used, held };
}

describe('the client against the portal', () => {
  it('consumes to the limit and is refused past it', async () => {
    const client = connect();
    expect(await client.consume({ feature: 'api_calls', quantity: 99, model: 'demo-small' })).toMatchObject({ allowed: true, used: 99n, remaining: 1n, event: expect.stringMatching(/^evt_/) });
    expect(await client.check({ feature: 'api_calls', quantity: 2 })).toMatchObject({ allowed: false, reason: 'limit_reached' });
    expect(await client.consume({ feature: 'api_calls', quantity: 2 })).toMatchObject({ allowed: false, used: 99n });
  });

  it('counts a piece of work once, however often it is sent', async () => {
    const client = connect();
    const options = { feature: 'api_calls', quantity: 7, idempotencyKey: 'message-1' };
    const [first, second] = [await client.consume(options), await client.consume(options)];
    expect([first.used, second.used, first.event]).toEqual([7n, 7n, second.event]);
    await expect(client.consume({ ...options, quantity: 8 })).rejects.toMatchObject({ code: 'idempotency_key_reused', status: 409, requestId: expect.stringMatching(/^req_/) });
  });

  it('reserves, commits less and returns the rest', async () => {
    const client = connect();
    const text = await client.withReservation({ feature: 'tokens', quantity: 4_000 }, async (reserved) => {
      expect(await standing('tokens')).toEqual({ used: 0n, held: 4_000n });
      reserved.report(1_250, { model: 'demo-small', inputTokens: 1_000, outputTokens: 250 });
      return 'done';
    });
    expect([text, await standing('tokens')]).toEqual(['done', { used: 1_250n, held: 0n }]);
  });

  it('returns everything when the work fails', async () => {
    await expect(connect().withReservation({ feature: 'tokens', quantity: 4_000 }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await standing('tokens')).toEqual({ used: 0n, held: 0n });
  });

  it('counts what was used past the limit, since it has happened', async () => {
    await connect().withReservation({ feature: 'tokens', quantity: 10_000 }, (reserved) => reserved.report(10_500));
    expect(await standing('tokens')).toEqual({ used: 10_500n, held: 0n });
  });

  it('moves a level within what the plan grants', async () => {
    const client = connect();
    expect(await client.level({ feature: 'agent_seats', increase: 1 })).toMatchObject({ allowed: true, used: 1n });
    expect(await client.level({ feature: 'agent_seats', increase: 1 })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 1n });
    expect(await client.level({ feature: 'agent_seats', set: 0 })).toMatchObject({ allowed: true, used: 0n });
    await expect(client.level({ feature: 'agent_seats', decrease: 1 })).rejects.toMatchObject({ code: 'level_below_zero' });
  });

  it('records usage in batches, and says what was refused', async () => {
    const refused: string[] = [];
    const client = connect({ recording: { batchSize: 40, onRefused: (event, { code }) => refused.push(`${event.feature} ${code}`) } });
    for (let event = 0; event < 100; event += 1) client.record({ feature: 'tokens', quantity: 3 });
    client.record({ feature: 'no_such_feature' });
    await client.flush();
    expect(refused).toEqual(['no_such_feature unknown_feature']);
    expect(await standing('tokens')).toEqual({ used: 300n, held: 0n });
  });
});

describe('leases against the portal', () => {
  it('share one limit between several clients: every unit is given out, and none past it', async () => {
    let taken = 0;
    const spend = async (): Promise<void> => {
      const client = connect();
      const lease = client.lease('tokens', { minimumSlice: 50, maximumSlice: 700 });
      while (await lease.acquire(3)) taken += 3;
      await client.close();
    };
    // A client gives up while others still hold what is left; once that has returned, there is another round for it.
    for (let round = 0; round < 50 && taken < 9_999; round += 1) {
      await Promise.all(Array.from({ length: 5 }, spend));
      expect(await standing('tokens')).toEqual({ used: BigInt(taken), held: 0n });
    }
    expect(taken).toBe(9_999);
  });

  it('give everything back that was not used', async () => {
    const client = connect();
    const lease = client.lease('api_calls', { minimumSlice: 60 });
    expect(await lease.acquire(7)).toBe(true);
    expect(await standing('api_calls')).toEqual({ used: 0n, held: 60n });
    await client.close();
    expect(await standing('api_calls')).toEqual({ used: 7n, held: 0n });
  });

  it('are counted in full when the process was killed', async () => {
    const process_ = spawn(process.execPath, ['--import', 'tsx', 'lib/testing/lease-spender.ts', server.origin, apiKey, 'api_calls', '30'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(process_.stdout, 'data')) as [Buffer];
    expect(said.toString().trim()).toBe('29');
    process_.kill('SIGKILL');
    await once(process_, 'exit');
    expect(await standing('api_calls')).toEqual({ used: 0n, held: 30n });
    // The lease ends after five seconds; the next decision on the limit's counter finds that out.
    let probes = 0;
    const probe = async (): Promise<bigint | null> => {
      probes += 1;
      return (await connect().consume({ feature: 'api_calls' })).held;
    };
    await expect.poll(probe, { timeout: 15_000, interval: 500 }).toBe(0n);
    expect(await standing('api_calls')).toEqual({ used: 30n + BigInt(probes), held: 0n });
  });

  it('go on within what they hold while the portal is away, and settle when it is back', async () => {
    const client = connect({ attempts: 2 });
    const lease = client.lease('tokens', { minimumSlice: 100 });
    expect(await lease.acquire(10)).toBe(true);
    await server.stop();
    try {
      for (let unit = 0; unit < 90; unit += 1) expect(lease.take()).toBe(true);
      expect(await lease.acquire()).toBe(false);
      expect(lease.whyNot).toBe('away');
    } finally {
      await server.start();
    }
    await expect.poll(() => lease.acquire(), { timeout: 10_000, interval: 50 }).toBe(true);
    await client.close();
    await expect.poll(async () => (await standing('tokens')).used, { timeout: 10_000 }).toBeGreaterThanOrEqual(1n);
  });
});
