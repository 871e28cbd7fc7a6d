import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@/lib/core/database/migrate';
import { onStop, stop } from '../console/lifetime.mjs';
import { startEmbeddedDatabase } from '../postgres/server';
import { schemaDifference } from './schema-difference';

/** `npm run db:diff`: applies the migrations to a fresh database and prints the SQL that is missing from them. */
export async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-difference-'));
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another user, who has to pass through.
  onStop(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startEmbeddedDatabase(dataDir, { durable: false });
  onStop(() => server.stop());
  await migrate(server.url);
  const difference = await schemaDifference(server.url);
  process.stdout.write(difference ? `${difference}\n` : '-- The migrations and prisma/schema.prisma say the same.\n');
  await stop(0);
}
