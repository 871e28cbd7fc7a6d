import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { migrate } from '@/lib/core/database/migrate';
import { startEmbeddedDatabase } from '@/scripts/postgres/server';

/** A PostgreSQL of its own for a bench, migrated and durable. */
export interface BenchDatabase {
  url: string;
  pool: Pool;
  /** The processes that serve connections and write the log. */
  processes(): Promise<number[]>;
  stop(): Promise<void>;
}

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-bench-'));
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedDatabase(dataDir);
  await migrate(server.url);
  const pool = new Pool({ connectionString: server.url, max: 2, application_name: 'bench' });
  pool.on('error', () => undefined); // The server ends before the last connection has said goodbye.
  return {
    url: server.url,
    pool,
    processes: async () => (await pool.query<{ pid: number }>('SELECT pid FROM pg_stat_activity')).rows.map(({ pid }) => pid),
    stop: async () => {
      await pool.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
