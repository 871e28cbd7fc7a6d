import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@/lib/core/log';
import { waitFor } from '../console/process.mjs';
import { Failure } from '../console/steps.mjs';
import { projectRoot } from '../prepare/project.mjs';

export interface NextProcess {
  /** Where it listens: a Unix socket that this user alone may reach, since what comes through it is believed; a named pipe on Windows. */
  socketPath: string;
  stop(): Promise<void>;
}

const restartAfter = 1_000;
const stopSeconds = 25;

function makeSocketPath(): { socketPath: string; remove: () => void } {
  const given = process.env.PORTAL_NEXT_SOCKET; // Set by the benchmarks, which also measure Next without the front.
  if (given) return { socketPath: given, remove: () => rmSync(given, { force: true }) };
  if (process.platform === 'win32') return { socketPath: String.raw`\\.\pipe\portal-next-${process.pid}`, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'portal-next-'));
  return { socketPath: join(folder, 'socket'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a process and waits until it listens. Throws `Failure` when it ends before. */
async function spawnNext(socketPath: string, port: number, dev: boolean): Promise<ChildProcess> {
  rmSync(socketPath, { force: true }); // Left by one that was killed.
  const child = fork(join(projectRoot, 'scripts/start/next-server.ts'), [socketPath, String(port), dev ? 'dev' : ''], {
    cwd: projectRoot,
    execArgv: [...(dev ? [] : ['--no-deprecation']), '--import', 'tsx'],
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Failure('The process that serves the pages did not start: see the lines above.');
    }),
  ]);
  return child;
}

/**
 * Runs Next in a process of its own: what it does to the whole of its process (hooks, patched globals, long renders) costs
 * the front nothing, and were it to end by itself it is started again while products go on asking for quota.
 */
export async function startNextProcess(port: number, dev: boolean): Promise<NextProcess> {
  const { socketPath, remove } = makeSocketPath();
  let stopping = false;
  let child = await spawnNext(socketPath, port, dev);
  const keepUp = async (): Promise<void> => {
    while (!stopping) {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (stopping) return;
      log('pages').error({ code: child.exitCode, signal: child.signalCode }, 'the process that serves the pages ended; starting it again');
      await pause(restartAfter);
      const restarted = await spawnNext(socketPath, port, dev).catch(() => undefined);
      if (restarted) child = restarted;
    }
  };
  void keepUp();
  return {
    socketPath,
    async stop() {
      stopping = true;
      const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
      if (child.connected) child.send('stop');
      if (!(await waitFor(ended, stopSeconds))) child.kill('SIGKILL');
      remove();
    },
  };
}
