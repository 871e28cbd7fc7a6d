import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepProcess } from './kept-process';

export interface NextProcess {
  /** Where it listens: a Unix socket that this user alone may reach, since what comes through it is believed; a named pipe on Windows. */
  socketPath: string;
  stop(): Promise<void>;
}

function makeSocketPath(): { socketPath: string; remove: () => void } {
  const given = process.env.PORTAL_NEXT_SOCKET; // Set by the benchmarks, which also measure Next without the front.
  if (given) return { socketPath: given, remove: () => rmSync(given, { force: true }) };
  if (process.platform === 'win32') return { socketPath: String.raw`\\.\pipe\portal-next-${process.pid}`, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'portal-next-'));
  return { socketPath: join(folder, 'socket'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** As for the front, see `start` in package.json: what a request leaves behind is gone by the next collection, so it is not moved to old memory. */
export const memoryFlags = ['--max-semi-space-size=32', '--no-allocation-site-pretenuring'];

/**
 * Runs Next in a process of its own: what it does to the whole of its process (hooks, patched globals, long renders) costs
 * the front nothing, and were it to end by itself it is started again while products go on asking for quota.
 */
export async function startNextProcess(port: number, dev: boolean): Promise<NextProcess> {
  const { socketPath, remove } = makeSocketPath();
  const stop = await keepProcess({
    script: 'scripts/start/next-server.ts',
    args: [socketPath, String(port), dev ? 'dev' : ''],
    flags: dev ? [] : ['--no-deprecation', ...memoryFlags],
    does: 'serves the pages',
    prepare: () => rmSync(socketPath, { force: true }), // Left by one that was killed.
  });
  return {
    socketPath,
    async stop() {
      await stop();
      remove();
    },
  };
}
