import { join } from 'node:path';
import { onStop } from '../console/lifetime.mjs';
import { takeLock } from '../console/process.mjs';
import { projectRoot } from './project.mjs';

/**
 * Runs work that changes the checkout (packages, generated code, the build) while no other copy of it does.
 * @template T
 * @param {() => Promise<T>} work has to look again whether there is something left to do
 * @returns {Promise<T>}
 */
export async function inTurn(work) {
  const file = join(projectRoot, '.preparing.json');
  for (;;) {
    const lock = takeLock(file);
    if ('release' in lock) {
      const takeBack = onStop(lock.release);
      try {
        return await work();
      } finally {
        takeBack();
        lock.release();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
