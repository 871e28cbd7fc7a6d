import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onStop, stop } from '@/scripts/console/lifetime.mjs';
import { readSurroundings } from '@/scripts/start/environment';
import type { PortalAccess } from './portal';
import { serveWorkbench } from './serve';

const root = join(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`  ${line}\n`);

const isReady = (url: string): Promise<boolean> => fetch(`${url}/api/health/ready`).then(({ ok }) => ok, () => false);

/** Starts the portal unless it answers already, and waits until it is ready. */
async function ensurePortal(url: string): Promise<void> {
  if (await isReady(url)) return;
  say(`No portal answers at ${url}: starting it.`);
  const portal = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, stdio: 'inherit' });
  const ended = once(portal, 'exit');
  void ended.then(([code]) => stop(Number(code ?? 1)));
  onStop(async () => {
    portal.kill('SIGTERM');
    await ended;
  });
  while (!(await isReady(url))) await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Whose portal to show: as the environment says, else the demo's. */
function accessTo(url: string, dataDir: string): PortalAccess {
  const { WORKBENCH_API_KEY: apiKey, WORKBENCH_ACCOUNT: accountId, WORKBENCH_MEMBER: email } = process.env;
  if (apiKey && accountId && email) return { url, apiKey, accountId, email };
  const file = join(dataDir, 'demo.json');
  const { workbench } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { workbench?: Omit<PortalAccess, 'url'> }) : {};
  if (workbench) return { url, ...workbench };
  throw new Error(`${file} names no key for the workbench: set WORKBENCH_API_KEY, WORKBENCH_ACCOUNT and WORKBENCH_MEMBER, or start with an empty DATA_DIR.`);
}

/** `npm run workbench`: a workbench at a site of its own, with the portal in a frame. */
export async function main(): Promise<void> {
  const { settings } = readSurroundings();
  await ensurePortal(settings.appUrl);
  const { origin } = await serveWorkbench(accessTo(settings.appUrl, settings.dataDir), { port: Number(process.env.WORKBENCH_PORT ?? 3100) });
  say('');
  say(`The sample workbench is at ${origin}`);
  say('Open "Account & subscription" in its sidebar. Ctrl-C stops it.');
}
