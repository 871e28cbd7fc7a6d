import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Client } from 'pg';
import { OperatorError } from '../operator-error';
import { withConnection } from './connect';

/** The history table as Prisma creates it, so that Prisma's own tools read the same history. */
const historyTable = `
  create table if not exists "_prisma_migrations" (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** The number that Prisma locks while it migrates: two servers that start together migrate one after the other. */
const advisoryLock = 72_707_369;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** The names of this version's migrations, in the order in which they are applied. */
export async function migrationNames(folder = resolve('prisma/migrations')): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = await migrationNames(folder);
  return Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name, 'migration.sql'));
      return { name, sql: content.toString('utf8'), checksum: createHash('sha256').update(content).digest('hex') };
    }),
  );
}

async function readHistory(client: Client): Promise<Map<string, string>> {
  await client.query(historyTable);
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null',
  );
  const unfinished = rows.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new OperatorError(
      `The migration ${unfinished.migration_name} began and never finished: repair the database by hand and mark it with \`prisma migrate resolve\`.`,
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function positionOf(sql: string, error: unknown): string {
  const position = error instanceof Error && 'position' in error ? Number(error.position) : NaN;
  return Number.isNaN(position) ? '' : ` at line ${sql.slice(0, position).split('\n').length}`;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const message = error instanceof Error ? error.message : String(error);
    throw new OperatorError(
      `The migration ${migration.name} failed${positionOf(migration.sql, error)} and was undone: ${message}.`,
      { cause: error },
    );
  }
}

/**
 * Applies the migrations that the database has not seen, in the order of their names, each in a transaction of its own.
 * Returns the names of those applied now. Throws `OperatorError` when the database cannot be reached, when a migration
 * that was applied has been edited or removed since, and when one fails.
 */
export async function migrate(databaseUrl: string, folder = resolve('prisma/migrations')): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return withConnection(databaseUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    const history = await readHistory(client);
    for (const [name, checksum] of history) {
      const file = migrations.find((migration) => migration.name === name);
      if (!file) {
        throw new OperatorError(`The database has the migration ${name}, which this version does not know: start the newer version.`);
      }
      if (file.checksum !== checksum) {
        throw new OperatorError(`prisma/migrations/${name} was edited after it was applied: undo the edit and add a new migration instead.`);
      }
    }
    const waiting = migrations.filter((migration) => !history.has(migration.name));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map((migration) => migration.name);
  });
}
