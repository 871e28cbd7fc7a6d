import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createApiKey } from '@/lib/auth/api-keys';
import { setOverride } from '@/lib/billing/quota/adjustments/set-override';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { systemClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';
import { withConnection } from '@/lib/core/database/connect';
import { migrate } from '@/lib/core/database/migrate';
import { PortalClient } from '@/lib/sdk';
import { startEmbeddedDatabase } from '@/scripts/postgres/server';
import { seedAccount, seedSeller } from '@/lib/testing/account';

/**
 * Checks a second of the client with a lease in one process, against asking the portal for each; and whether many clients
 * that lease from one limit ever pass it. The portal runs in a process of its own on an embedded PostgreSQL.
 */
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const clients = 8;
/** So often the loop lets go of the process, as a product does between two requests. */
const checksPerTurn = 1_000;

const shown = (value: number): string => Math.round(value).toLocaleString('en-US');

interface Standing {
  used: number;
  held: number;
  limit: number;
}

async function standingOf(databaseUrl: string, accountId: string): Promise<Standing> {
  return withConnection(databaseUrl, async (connection) => {
    const { rows } = await connection.query<Standing>(
      `SELECT used::float8, held::float8, limit_quantity::float8 AS "limit" FROM quota_counter WHERE account_id = $1 AND feature_key = 'tokens'`,
      [accountId],
    );
    return rows[0] ?? { used: 0, held: 0, limit: 0 };
  });
}

/** A customer whose tokens are refused past the limit. */
async function customer(sellerId: string, limit: bigint): Promise<{ accountId: string; apiKey: string }> {
  const { context } = await seedAccount(sellerId, systemClock.now());
  await createSubscription(context, { planKey: 'free', interval: 'month' });
  await setOverride(context, { feature: 'tokens', limit });
  const { text } = await createApiKey({ sellerId, accountId: context.accountId, name: 'bench', scopes: ['quota:write', 'quota:read', 'usage:write'], expiresAt: null }, systemClock);
  return { accountId: context.accountId, apiKey: text };
}

interface Leased {
  perSecond: number;
  /** Nanoseconds of this process's processor for one check, the requests for slices included. */
  processor: number;
  /** Units that were given out, warming up included. */
  taken: number;
  /** How often the portal was asked for a slice or told of one. */
  requests: number;
}

/** A loop that checks before each piece of work, and waits where the slice at hand is used up. */
async function leased(origin: string, apiKey: string): Promise<Leased> {
  let requests = 0;
  const counting: typeof fetch = (input, init) => {
    requests += 1;
    return fetch(input, init);
  };
  const client = new PortalClient({ baseUrl: origin, apiKey, fetch: counting, closeAtExit: false });
  const lease = client.lease('tokens');
  let taken = 0;
  const spend = async (milliseconds: number): Promise<void> => {
    const ends = performance.now() + milliseconds;
    while (performance.now() < ends) {
      for (let check = 0; check < checksPerTurn; check += 1) {
        if (lease.take()) taken += 1;
        else if (await lease.acquire()) taken += 1;
      }
      await turn();
    }
  };
  await spend(2_000); // Slices find their size.
  const [before, started, processorBefore] = [taken, performance.now(), process.cpuUsage()];
  await spend(seconds * 1_000);
  const checks = taken - before;
  const { user, system } = process.cpuUsage(processorBefore);
  const perSecond = checks / ((performance.now() - started) / 1_000);
  await client.close();
  return { perSecond, processor: ((user + system) * 1_000) / checks, taken, requests };
}

/** Checks a second when the portal is asked for each, 64 at a time. */
async function asking(origin: string, apiKey: string): Promise<number> {
  const client = new PortalClient({ baseUrl: origin, apiKey, closeAtExit: false });
  let checks = 0;
  const started = performance.now();
  const ends = started + seconds * 1_000;
  const caller = async (): Promise<void> => {
    while (performance.now() < ends) {
      await client.consume({ feature: 'tokens' });
      checks += 1;
    }
  };
  await Promise.all(Array.from({ length: 64 }, caller));
  return checks / ((performance.now() - started) / 1_000);
}

/** Many clients spend one limit by leases until it refuses them all. Gives back how many units they gave out. */
async function spendOneLimit(origin: string, apiKey: string): Promise<number> {
  const spent = Array.from({ length: clients }, async () => {
    const client = new PortalClient({ baseUrl: origin, apiKey, closeAtExit: false });
    const lease = client.lease('tokens', { minimumSlice: 100 });
    let taken = 0;
    while (await lease.acquire()) {
      taken += 1;
      while (lease.take()) {
        taken += 1;
        if (taken % checksPerTurn === 0) await turn();
      }
    }
    await client.close();
    return taken;
  });
  return (await Promise.all(spent)).reduce((sum, taken) => sum + taken, 0);
}

const dataDir = mkdtempSync(join(tmpdir(), 'portal-bench-'));
chmodSync(dataDir, 0o711);
const database = await startEmbeddedDatabase(dataDir);
process.env.DATABASE_URL = database.url;
try {
  await migrate(database.url);
  const sellerId = await seedSeller(systemClock.now());
  const large = await customer(sellerId, 10_000_000_000n);
  const small = await customer(sellerId, 1_000_000n);
  const server = fork('bench/lease/server.ts', { execArgv: ['--import', 'tsx'], env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'warn', AUTH_SECRET: 'only-for-this-measurement-only-for-it', ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64') } });
  const [{ origin }] = (await once(server, 'message')) as [{ origin: string }];
  const one = await leased(origin, large.apiKey);
  const oneStanding = await standingOf(database.url, large.accountId);
  console.log(`with a lease      ${shown(one.perSecond).padStart(11)} checks/s in one process, ${one.processor.toFixed(0)} ns of its processor each, ${one.requests} requests in all`);
  const each = await asking(origin, large.apiKey);
  console.log(`asking for each   ${shown(each).padStart(11)} checks/s, 64 at a time: a lease is ${shown(one.perSecond / each)} x as fast`);
  const given = await spendOneLimit(origin, small.apiKey);
  const standing = await standingOf(database.url, small.accountId);
  console.log(`${clients} clients on one limit of ${shown(standing.limit)}: gave out ${shown(given)}, counted ${shown(standing.used)}, held ${shown(standing.held)}`);
  const exact = one.taken === oneStanding.used && oneStanding.held === 0 && given === standing.used && standing.held === 0 && standing.used <= standing.limit;
  console.log(`what was given out is what was counted, and never past the limit: ${exact ? 'yes' : 'NO'}`);
  const stopped = once(server, 'exit');
  server.disconnect();
  await stopped;
  await disconnect();
  if (!exact) process.exitCode = 1;
} finally {
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
