import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { withConnection } from '@/lib/core/database/connect';
import { useTestDatabase } from '@/lib/testing/database';
import { schemaDifference } from './schema-difference';
import { withSchemaEngine } from './schema-engine';

const { url } = useTestDatabase();
const patience = 90_000;

it('finds that the migrations and the Prisma schema say the same', async () => {
  expect(await schemaDifference(url)).toBe('');
}, patience);

it('leaves a history that Prisma accepts as up to date', async () => {
  const baseDir = resolve('prisma/migrations');
  const folders = readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const diagnosis = await withSchemaEngine(url, (engine) =>
    engine.diagnoseMigrationHistory({
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
    migrationsList: {
      baseDir,
      shadowDbInitScript: '',
      lockfile: { path: 'migration_lock.toml', content: readFileSync(join(baseDir, 'migration_lock.toml'), 'utf8') },
      migrationDirectories: folders.map(({ name }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') } },
      })),
    },
  }));
  expect(diagnosis).toMatchObject({ history: null, editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true });
}, patience);

it('says what a migration would have to say when they differ', async () => {
  await withConnection(url, (client) => client.query('alter table seller drop column email'));
  expect(await schemaDifference(url)).toMatch(/ALTER TABLE "seller" ADD COLUMN\s+"email" TEXT NOT NULL/);
}, patience);
