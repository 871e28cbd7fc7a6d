import { createDatabase, dropDatabase } from '@/lib/core/database/connect';
import { migrate } from '@/lib/core/database/migrate';
import type { Settings } from '@/lib/core/settings';
import { isStopping, onStop, stop } from '../console/lifetime.mjs';
import { showFailure, Failure, step } from '../console/steps.mjs';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../postgres/server';
import { forgetUnfinishedSeed, isSeedUnfinished } from './seed';

/** Starts the embedded database, or takes the one of `DATABASE_URL`, and migrates it. Returns its address. */
export async function openDatabase(settings: Settings): Promise<string> {
  const url = settings.databaseUrl ?? (await startEmbedded(settings.dataDir));
  await step('migrate the database', async (note) => {
    const applied = await migrate(url);
    note(applied.length === 0 ? 'nothing new' : `${applied.length} applied`);
  });
  return url;
}

async function startEmbedded(dataDir: string): Promise<string> {
  const server: EmbeddedDatabase = await step('start the embedded PostgreSQL', async (note) => {
    const started = await startEmbeddedDatabase(dataDir, { note });
    onStop(() => started.stop());
    if (isSeedUnfinished(dataDir)) {
      const name = new URL(started.url).pathname.slice(1);
      await dropDatabase(started.url, name);
      await createDatabase(started.url, name);
      forgetUnfinishedSeed(dataDir);
      note('begun again, since the demo was not seeded to its end');
    }
    return started;
  });
  void server.ended.then(() => {
    if (isStopping()) return;
    showFailure(new Failure(`The embedded database ended by itself: see ${dataDir}/postgres.log, then start again.`));
    void stop(1);
  });
  return server.url;
}
