import { chmodSync, accessSync, constants, existsSync, mkdirSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takeLock } from '../console/process.mjs';
import { Failure } from '../console/steps.mjs';
import { accountCan, type DatabaseAccount } from './account';

const neededMegabytes = 300;

function firstClosedFolder(account: DatabaseAccount, path: string): string {
  const parents = [path];
  while (dirname(parents[0] ?? '/') !== parents[0]) parents.unshift(dirname(parents[0] ?? '/'));
  return parents.find((parent) => !accountCan(account, 'enter', parent)) ?? path;
}

function requireSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  if ((bavail * bsize) / 1_048_576 >= neededMegabytes) return;
  throw new Failure(`The disk of DATA_DIR ${path} is full: free at least ${neededMegabytes} MB, or set DATA_DIR to a folder on another disk.`);
}

/** Makes a folder and those above it, one by one: Node's own recursion never ends in folders such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o711 });
}

function ready(path: string): void {
  if (existsSync(path) && !statSync(path).isDirectory()) {
    throw new Failure(`DATA_DIR ${path} is a file: set DATA_DIR to a folder.`);
  }
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why: Record<string, string> = {
      EACCES: 'this user may not write there',
      EPERM: 'this user may not write there',
      EROFS: 'the disk is read-only',
      ENOTDIR: 'a part of the path is a file',
      EEXIST: 'a part of the path is a file',
      ENOSPC: 'the disk is full',
      ENOENT: 'a part of the path does not exist and cannot be made',
    };
    throw new Failure(`DATA_DIR ${path} cannot be used: ${why[code] ?? code}. Set DATA_DIR to a folder that this user can write to.`);
  }
}

/**
 * Makes the data folder and proves that it can be used; with an `account`, also that this account can enter it.
 * Throws `Failure` with one line that names DATA_DIR.
 */
export function prepareDataFolder(path: string, account: DatabaseAccount | undefined): void {
  const isNew = !existsSync(path);
  ready(path);
  requireSpace(path);
  if (!account) return;
  if (!accountCan(account, 'enter', path) && accountCan(account, 'enter', dirname(path))) {
    // The folder is ours and only it is closed: let others pass through, which shows them nothing in it.
    chmodSync(path, statSync(path).mode | 0o011);
  }
  if (accountCan(account, 'enter', path)) return;
  if (isNew) rmdirSync(path);
  throw new Failure(
    `DATA_DIR ${path} cannot be used: PostgreSQL runs as the user "postgres", who may not enter ${firstClosedFolder(account, path)}. ` +
      'Set DATA_DIR to a folder that every user can enter, such as /var/lib/customer-portal.',
  );
}

/** Where the embedded database of a data folder lives. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** Takes the data folder for this process and returns the release. Throws `Failure` when another live process holds it. */
export function lockDataFolder(path: string): () => void {
  const lock = takeLock(join(path, 'running.json'));
  if ('release' in lock) return lock.release;
  throw new Failure(
    `DATA_DIR ${path} is in use by another copy (process ${lock.holder}): stop that one, or give this one a DATA_DIR and a PORT of its own.`,
  );
}
