import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '@/lib/core/log';
import { waitFor } from '../console/process.mjs';
import { Failure } from '../console/steps.mjs';
import { projectRoot } from '../prepare/project.mjs';

export interface KeptProcessOptions {
  /** Its file, from the root of the project. It says something by `process.send` once it listens, and ends when told `stop`. */
  script: string;
  args?: readonly string[];
  /** Flags of Node before the file. */
  flags?: readonly string[];
  /** Added to this process' own. */
  environment?: Readonly<Record<string, string>>;
  /** What it does, as in "the process that serves the pages". */
  does: string;
  /** Runs before each start, also of one that takes the place of one that ended. */
  prepare?: () => void;
}

const restartAfter = 1_000;
const stopSeconds = 25;

/** Starts a process and waits until it listens. Throws `Failure` when it ends before. */
async function spawn({ script, args = [], flags = [], environment, does, prepare }: KeptProcessOptions): Promise<ChildProcess> {
  prepare?.();
  const child = fork(join(projectRoot, script), args, { cwd: projectRoot, execArgv: [...flags, '--import', 'tsx'], env: { ...process.env, ...environment } });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Failure(`The process that ${does} did not start: see the lines above.`);
    }),
  ]);
  return child;
}

/** Runs a file in a process of its own and starts it again were it to end by itself. Returns how to stop it for good. */
export async function keepProcess(options: KeptProcessOptions): Promise<() => Promise<void>> {
  let stopping = false;
  let child = await spawn(options);
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const keepUp = async (): Promise<void> => {
    while (!stopping) {
      if (!ended()) await once(child, 'exit');
      if (stopping) return;
      log('start').error({ code: child.exitCode, signal: child.signalCode }, `the process that ${options.does} ended; starting it again`);
      await pause(restartAfter);
      const restarted = await spawn(options).catch(() => undefined);
      if (restarted) child = restarted;
    }
  };
  void keepUp();
  return async () => {
    stopping = true;
    if (child.connected) child.send('stop');
    if (!(await waitFor(ended, stopSeconds))) child.kill('SIGKILL');
  };
}
