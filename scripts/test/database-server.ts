import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createDatabase, onSameServer } from '@/lib/core/database/connect';
import { migrate } from '@/lib/core/database/migrate';
import { startEmbeddedDatabase } from '../postgres/server';

/**
 * Starts one PostgreSQL for a run of the integration tests, with a migrated database that every test file copies.
 * Vitest calls it before the first file and calls what it returns after the last.
 */
export default async function startDatabaseServer(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-integration-'));
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedDatabase(dataDir, { durable: false });
  await createDatabase(server.url, 'template');
  await migrate(onSameServer(server.url, 'template'));
  project.provide('databaseServer', server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
