import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Load, Outcome } from './load.mjs';

export type { Load, Outcome };

/** Connections of every measurement. */
export const connections = 64;

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill()));

/** A helper process of the bench; it ends when this process does. */
export function helper(file: string): ChildProcess {
  const child = fork(join(import.meta.dirname, file), { execArgv: [] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Puts a server under load from a process of its own and tells what came of it. Throws when the process fails. */
export async function underLoad(load: Load): Promise<Outcome> {
  const child = helper('load.mjs');
  child.send(load);
  const [outcome] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('The load generator ended by itself.');
    }),
  ])) as [Outcome];
  child.disconnect();
  return outcome;
}
