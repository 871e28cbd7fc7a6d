import { setTimeout as pause } from 'node:timers/promises';
import { pool } from './client';
import { migrationNames } from './migrate';

/** Whether the database answers, and whether it has every migration of this version. */
export interface DatabaseReadiness {
  database: 'up' | 'down';
  migrations: 'applied' | 'missing' | 'unknown';
}

const patience = 2_000;

async function appliedMigrations(): Promise<Set<string>> {
  const { rows } = await pool().query<{ migration_name: string }>(
    'select migration_name from "_prisma_migrations" where finished_at is not null and rolled_back_at is null',
  );
  return new Set(rows.map((row) => row.migration_name));
}

async function look(): Promise<DatabaseReadiness> {
  await pool().query('select 1');
  const [expected, applied] = await Promise.all([migrationNames(), appliedMigrations().catch(() => new Set<string>())]);
  return { database: 'up', migrations: expected.every((name) => applied.has(name)) ? 'applied' : 'missing' };
}

/** Looks at the database for two seconds at most; never throws. */
export async function databaseReadiness(): Promise<DatabaseReadiness> {
  const down: DatabaseReadiness = { database: 'down', migrations: 'unknown' };
  const stop = new AbortController();
  try {
    return await Promise.race([look(), pause(patience, down, { signal: stop.signal })]);
  } catch {
    return down;
  } finally {
    stop.abort();
  }
}
