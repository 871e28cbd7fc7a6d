import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../console/steps.mjs';
import { commandOf, isAlive, waitFor } from '../console/process.mjs';

function pidIn(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8').split('\n')[0] ?? '', 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Stops the database that an earlier run left behind when it was killed, and clears a lock file whose process is gone
 * (its id may belong to someone else by now, which PostgreSQL would take for itself). True when one was stopped.
 */
export async function stopLeftover(cluster: string): Promise<boolean> {
  const file = join(cluster, 'postmaster.pid');
  const pid = pidIn(file);
  if (pid === undefined) return false;
  const ours = isAlive(pid) && commandOf(pid).includes('postgres') && commandOf(pid).includes(cluster);
  if (!ours) {
    rmSync(file, { force: true });
    return false;
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile, or belongs to someone else, which the wait below tells apart.
    }
    if (await waitFor(() => !isAlive(pid), 15)) return true;
  }
  throw new Failure(`A PostgreSQL of an earlier run (process ${pid}) still uses ${cluster} and does not stop: end it, then start again.`);
}
