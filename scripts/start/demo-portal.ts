import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../postgres/ports';
import { projectRoot } from '../prepare/project.mjs';

export interface DemoPortal {
  /** Without a slash at the end. */
  address: string;
  /** Where it keeps its data. */
  dataDir: string;
  /** Stops it, if it was started for this, and removes its data. */
  stop(): Promise<void>;
}

/**
 * A portal with the demo's customers to look at and to measure: the running one that APP_URL names, else the production
 * build with a database of its own; always its own with `settings`, by the names of the environment. Throws with what it
 * said when it does not start.
 */
export async function demoPortal(settings: Record<string, string> = {}): Promise<DemoPortal> {
  if (process.env.APP_URL && Object.keys(settings).length === 0) return { address: process.env.APP_URL.replace(/\/$/, ''), dataDir: process.env.DATA_DIR ?? '.data', stop: async () => undefined };
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-demo-'));
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another user, who has to pass through.
  const port = await freePort();
  const own = { PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: '', APP_URL: `http://localhost:${port}`, NODE_ENV: 'production' as const, LOG_LEVEL: 'warn' };
  const environment: NodeJS.ProcessEnv = { ...process.env, ...own, ...settings };
  const portal = spawn(process.execPath, ['scripts/start.mjs'], { cwd: projectRoot, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(portal, 'exit');
  let said = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [portal.stdout, portal.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('is ready at')) resolve();
      });
    }
  });
  const started = await Promise.race([ready.then(() => true), ended.then(() => false)]);
  const stop = async (): Promise<void> => {
    portal.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  if (started) return { address: own.APP_URL, dataDir, stop };
  rmSync(dataDir, { recursive: true, force: true });
  throw new Error(`The portal did not start:\n${said}`);
}
