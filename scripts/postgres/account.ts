import { spawnSync } from 'node:child_process';
import { Failure } from '../console/steps.mjs';

/** The user that PostgreSQL runs as when we are root, which it refuses to run as. */
export interface DatabaseAccount {
  uid: number;
  gid: number;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

function find(): DatabaseAccount | undefined {
  const uid = idOf('-u');
  const gid = idOf('-g');
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** The account for the database, made when there is none; undefined when we are not root and it runs as ourselves. */
export function databaseAccount(): DatabaseAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = find();
  if (existing) return existing;
  // Debian and Red Hat have useradd, Alpine has adduser.
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  if (!find()) {
    spawnSync('addgroup', ['-S', 'postgres']);
    spawnSync('adduser', ['-S', '-D', '-H', '-G', 'postgres', 'postgres']);
  }
  const created = find();
  if (created) return created;
  throw new Failure('PostgreSQL does not run as root and the user "postgres" could not be made: start as another user, or set DATABASE_URL.');
}

/** Whether the account can use a path: enter and write (a folder), or run (a program). Asked of the system itself. */
export function accountCan(account: DatabaseAccount, ability: 'enter' | 'run', path: string): boolean {
  const test = ability === 'enter' ? 'cd "$1"' : 'test -x "$1"';
  return spawnSync('/bin/sh', ['-c', test, 'sh', path], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}
