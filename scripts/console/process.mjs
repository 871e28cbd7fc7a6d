import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Whether a process of this id exists, whoever it belongs to. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * What `ps` says of a process, empty when it cannot be told.
 * @param {number} pid @param {string} column
 */
function ask(pid, column) {
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/**
 * When the process began, in the system's own terms; tells a process from a later one with the same id.
 * @param {number} pid
 */
export function beginningOf(pid) {
  if (process.platform !== 'linux') return ask(pid, 'lstart');
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return `${boot} ${fields[19] ?? ''}`;
  } catch {
    return '';
  }
}

/** The command line of a process, empty when it cannot be told. @param {number} pid */
export function commandOf(pid) {
  if (process.platform !== 'linux') return ask(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/**
 * Waits until `condition` holds, looking every few milliseconds; false when it did not within the time.
 * @param {() => boolean} condition @param {number} limitSeconds
 */
export async function waitFor(condition, limitSeconds) {
  const limit = performance.now() + limitSeconds * 1000;
  while (!condition()) {
    if (performance.now() > limit) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/**
 * The live process that a lock file names; undefined when there is none.
 * @param {string} file
 * @returns {number | undefined}
 */
export function liveHolder(file) {
  try {
    const { pid, beginning } = JSON.parse(readFileSync(file, 'utf8'));
    return isAlive(pid) && beginningOf(pid) === beginning ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock file for this process; one that was left by a process that is gone is taken over.
 * @param {string} file
 * @returns {{ release: () => void } | { holder: number }}
 */
export function takeLock(file) {
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, beginning: beginningOf(process.pid) }), { flag: 'wx' });
      return {
        release: () => {
          if (liveHolder(file) === process.pid) rmSync(file, { force: true });
        },
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = liveHolder(file);
      if (holder !== undefined) return { holder };
      rmSync(file, { force: true });
    }
  }
}
