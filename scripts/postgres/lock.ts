import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../console/steps.mjs';
import { beginningOf, isAlive } from './process';

interface Holder {
  pid: number;
  beginning: string;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function lives(holder: Holder): boolean {
  return holder.pid !== process.pid && isAlive(holder.pid) && beginningOf(holder.pid) === holder.beginning;
}

/**
 * Takes the data folder for this process; a lock left by a process that is gone is taken over. Returns the release.
 * Throws `Failure` when another live process holds it.
 */
export function lockDataFolder(dataDir: string): () => void {
  const file = join(dataDir, 'running.json');
  const mine: Holder = { pid: process.pid, beginning: beginningOf(process.pid) };
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o644 });
      return () => {
        if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt > 3) throw error;
      const holder = readHolder(file);
      if (holder && lives(holder)) {
        throw new Failure(
          `DATA_DIR ${dataDir} is in use by another copy (process ${holder.pid}): stop that one, or give this one a DATA_DIR and a PORT of its own.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
}
