import { withConnection } from '@/lib/core/database/connect';
import { onStop } from '../console/lifetime.mjs';
import { step } from '../console/steps.mjs';
import { lockDataFolder, prepareDataFolder } from '../postgres/data-folder';
import { isPortFree } from '../postgres/ports';
import { ensureBuild, markServed } from '../prepare/build';
import { ensurePrismaClient } from '../prepare/prisma-client';
import { announce } from './announce';
import { openDatabase } from './database';
import { completeEnvironment, readSurroundings, type Surroundings } from './environment';
import { portFailure } from './port-failure';
import { startSandbox } from './sandbox';
import { seed } from './seed';

async function requireFreePort(port: number): Promise<void> {
  const free = await Promise.all([isPortFree(port), isPortFree(port, '127.0.0.1')]).catch((error: NodeJS.ErrnoException) => {
    throw portFailure(port, error);
  });
  if (free.includes(false)) throw portFailure(port, Object.assign(new Error(), { code: 'EADDRINUSE' }));
}

function claimDataFolder({ settings, account }: Surroundings): void {
  const needed = settings.demo || !settings.databaseUrl;
  if (!needed) return;
  prepareDataFolder(settings.dataDir, account);
  if (!settings.databaseUrl) onStop(lockDataFolder(settings.dataDir));
}

/** Everything from the settings to a server that answers. `dev` serves the sources with reload. */
export async function launch(dev: boolean): Promise<void> {
  const started = performance.now();
  const surroundings: Surroundings = await step('check the settings', async (note) => {
    const read = readSurroundings();
    claimDataFolder(read);
    await requireFreePort(read.settings.port);
    // Asked now, so that nobody waits for a build to learn that the database does not answer.
    if (read.settings.databaseUrl) await withConnection(read.settings.databaseUrl, async () => undefined);
    note(`data in ${read.settings.dataDir}`);
    return read;
  });
  const { settings } = surroundings;
  await ensurePrismaClient();
  if (!dev) {
    // Somebody who made the build says where it lies; otherwise it is made of the present sources.
    const folder = process.env.PORTAL_BUILD_DIR || (await ensureBuild());
    process.env.PORTAL_BUILD_DIR = folder;
    onStop(markServed(folder));
  }
  const databaseUrl = await openDatabase(settings);
  completeEnvironment(settings, databaseUrl, dev ? 'development' : 'production');
  await startSandbox(settings);
  // What follows is loaded only now: it needs the generated database client and the completed environment.
  const { connectGateways } = await import('./gateways');
  connectGateways();
  const { disconnect } = await import('@/lib/core/database');
  onStop(disconnect);
  const access = await seed(settings);
  await step('start the jobs', async () => {
    const { startJobs, stopJobs } = await import('@/lib/jobs/queue');
    onStop(stopJobs);
    await startJobs();
  });
  await step('serve', async (note) => {
    const { serve } = await import('./serve');
    await serve({ port: settings.port, dev });
    note(`${((performance.now() - started) / 1000).toFixed(1)} s in all`);
  });
  announce(settings.appUrl, access);
}

