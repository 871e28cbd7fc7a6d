import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withConnection } from '@/lib/core/database/connect';
import { migrate } from '@/lib/core/database/migrate';
import { ensureBuild } from '@/scripts/prepare/build';
import { projectRoot } from '@/scripts/prepare/project.mjs';
import { ensurePrismaClient } from '@/scripts/prepare/prisma-client';
import { freePort } from '@/scripts/postgres/ports';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '@/scripts/postgres/server';
import { familyOf } from './processes';

/** The production server with customers, ready to be measured. */
export interface Portal {
  port: number;
  /** Where Next listens behind the front. */
  nextSocket: string;
  databaseUrl: string;
  /** Ids of the accounts; all have the Enterprise plan. */
  accounts: string[];
  /** The key of the seller's one product backend, which names an account in each call. */
  sellerKey: string;
  /** Signs the cookies of sessions. */
  authSecret: string;
  /** The processes of the server, and of PostgreSQL: as they are now. */
  processes(): { server: number[]; database: number[] };
  stop(): Promise<void>;
}

async function becomesReady(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('The server ended before it was ready.');
}

/** What `npm start` gives to Node, flags and all. */
function startCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

async function startServer(databaseUrl: string, dataDir: string, nextSocket: string, authSecret: string): Promise<{ port: number; server: ChildProcess }> {
  await ensurePrismaClient();
  const build = await ensureBuild(['.next-bench'], { PORTAL_BENCH: 'true' });
  const port = await freePort();
  const server = spawn(process.execPath, startCommand(), {
    cwd: projectRoot,
    stdio: ['ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      PORTAL_BUILD_DIR: build,
      AUTH_SECRET: authSecret,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'warn',
      PORTAL_NEXT_SOCKET: nextSocket,
    },
  });
  process.once('exit', () => server.kill());
  await becomesReady(port, server);
  return { port, server };
}

/** Customers by SQL: the server has published the catalog by then. Returns the ids. */
async function makeCustomers(databaseUrl: string, customers: number): Promise<string[]> {
  return withConnection(databaseUrl, async (client) => {
    await client.query(`
      INSERT INTO seller (id, name, legal_name, address_lines, country, email, invoice_prefix, created_at)
      VALUES ('sel_bench', 'Demo Seller', 'Demo Seller Ltd', '{}', 'US', 'billing@demo.example', 'B', now())`);
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO account (id, seller_id, name, contact_email, created_at, updated_at)
       SELECT 'acc_bench' || lpad(n::text, 21, '0'), 'sel_bench', 'Demo Customer', 'owner@demo.example', now(), now() FROM generate_series(1, $1) n RETURNING id`,
      [customers],
    );
    await client.query(`
      INSERT INTO subscription (id, account_id, price_id, status, anchor_at, current_period_start, current_period_end, started_at, created_at, updated_at)
      SELECT replace(account.id, 'acc', 'sub'), account.id, price.id, 'active', today, today, today + interval '1 month', today, today, today
      FROM account, date_trunc('day', now()) AS today,
        price JOIN plan_version ON plan_version.id = price.plan_version_id JOIN plan ON plan.id = plan_version.plan_id
      WHERE plan.key = 'enterprise' AND price.currency = 'USD' AND price.interval = 'month' AND price.interval_count = 1`);
    await client.query('VACUUM ANALYZE');
    return rows.map(({ id }) => id);
  });
}

async function makeSellerKey(databaseUrl: string): Promise<string> {
  process.env.DATABASE_URL = databaseUrl;
  // Loaded only now: they need the generated client and the address.
  const { createApiKey } = await import('@/lib/auth/api-keys');
  const { systemClock } = await import('@/lib/core/clock');
  const { disconnect } = await import('@/lib/core/database');
  const scopes = ['quota:read', 'quota:write', 'usage:read', 'usage:write'] as const;
  const { text } = await createApiKey({ sellerId: 'sel_bench', accountId: null, name: 'bench', scopes, expiresAt: null }, systemClock);
  await disconnect();
  return text;
}

/** Starts a database of its own and the server of `npm start` on it, and makes customers. */
export async function startPortal(customers: number): Promise<Portal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-bench-http-'));
  chmodSync(dataDir, 0o711);
  const database: EmbeddedDatabase = await startEmbeddedDatabase(dataDir);
  await migrate(database.url);
  const nextSocket = join(dataDir, 'next.socket');
  const authSecret = randomBytes(32).toString('base64');
  const { port, server } = await startServer(database.url, dataDir, nextSocket, authSecret);
  const accounts = await makeCustomers(database.url, customers);
  const sellerKey = await makeSellerKey(database.url);
  const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    port,
    nextSocket,
    databaseUrl: database.url,
    accounts,
    sellerKey,
    authSecret,
    processes: () => ({ server: familyOf(server.pid ?? 0), database: familyOf(postmaster) }),
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
