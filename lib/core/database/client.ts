import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient, type Prisma } from './generated/client';

/** A connection that reads and writes: the pool's, or the transaction's that is under way. */
export type Database = Prisma.TransactionClient;

interface Connections {
  url: string;
  pool: Pool;
  client: PrismaClient;
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalConnections?: Connections };
const ambient = new AsyncLocalStorage<Database>();
let transactions = 0;

/**
 * A statement of our own that begins with a name, as in `/* read_something *\/ SELECT …`, is prepared once on each connection
 * instead of being planned each time. One name is one text.
 */
const nameOf = ({ sql }: { sql: string }): string => /^\s*\/\* (\w+) \*\//.exec(sql)?.[1] ?? '';

function connections(): Connections {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: start the portal with `npm start`, which sets it.');
  if (holder.portalConnections?.url !== url) {
    const pool = new Pool({ connectionString: url, max: 20, application_name: 'portal' });
    // An idle connection may end when the database restarts; the pool replaces it.
    pool.on('error', () => undefined);
    holder.portalConnections = { url, pool, client: new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: nameOf }) }) };
  }
  return holder.portalConnections;
}

/** The PostgreSQL pool under Prisma, for statements Prisma cannot say. Stores only. */
export function pool(): Pool {
  return connections().pool;
}

/** The transaction under way in this call chain, else the pool's client. */
export function database(): Database {
  return ambient.getStore() ?? connections().client;
}

/** Whether this call chain is inside a transaction: what it reads may not be committed, so it must not be kept. */
export function insideTransaction(): boolean {
  return ambient.getStore() !== undefined;
}

/**
 * Runs `work` in one transaction (READ COMMITTED). A nested call joins the transaction under way, so a use case
 * may call another and both commit or neither does.
 */
export function inTransaction<T>(work: (transaction: Database) => Promise<T>): Promise<T> {
  const current = ambient.getStore();
  if (current) return work(current);
  transactions += 1;
  return connections()
    .client.$transaction((transaction) => ambient.run(transaction, () => work(transaction)), { maxWait: 10_000, timeout: 20_000 })
    .finally(() => {
      transactions -= 1;
      // While it is in use, Node follows every promise of the process, which costs quota decisions a good part of their speed.
      if (transactions === 0) ambient.disable();
    });
}

/** Closes every connection; for a process about to end and for tests. */
export async function disconnect(): Promise<void> {
  const open = holder.portalConnections;
  holder.portalConnections = undefined;
  if (!open) return;
  await open.client.$disconnect();
  if (!open.pool.ended) await open.pool.end();
}
