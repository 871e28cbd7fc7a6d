import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, mkdirSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from '@/lib/core/database/connect';
import { run } from '../console/run.mjs';
import { Failure } from '../console/steps.mjs';
import { databaseAccount, type DatabaseAccount } from './account';
import { locateBinaries, type Binaries } from './binaries';
import { clusterFolder } from './data-folder';
import { stopLeftover } from './leftover';
import { freePort, isPortFree } from './ports';
import { waitFor } from '../console/process.mjs';
import { loadSecrets, saveSecrets, type Secrets } from './secrets';

const host = '127.0.0.1';
const user = 'portal';
const database = 'portal';
const largestLog = 10 * 1_048_576;

/** A running embedded PostgreSQL. */
export interface EmbeddedDatabase {
  /** Address of the portal's database on it. */
  url: string;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends the connections, writes what is pending and waits until the server is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** False trades safety against power loss for speed: for tests only. */
  durable?: boolean;
  /** Told what is worth a remark, such as that an earlier run was recovered. */
  note?: (text: string) => void;
}

/** An environment in which nothing of ours (PGPORT, PGDATA, a locale) changes what PostgreSQL does. */
const environment: NodeJS.ProcessEnv = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot };

async function createCluster(cluster: string, binaries: Binaries, secrets: Secrets, account: DatabaseAccount | undefined): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${cluster}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, secrets.databasePassword, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    const { code, output } = await run(
      binaries.initdb,
      [
        `--pgdata=${unfinished}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
        '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
      ],
      { env: environment, timeoutSeconds: 120, account, cwd: unfinished },
    );
    if (code !== 0) {
      const full = /No space left/.test(output);
      throw new Failure(full ? `The disk of DATA_DIR is full: free at least 300 MB and start again.` : 'The embedded database could not be made: see the lines above, or set DATABASE_URL.', output);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, cluster);
}

function requireSameMajorVersion(cluster: string, binaries: Binaries): void {
  const written = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  const major = binaries.version.split('.')[0];
  if (written === major) return;
  throw new Failure(`The database in ${cluster} was written by PostgreSQL ${written} and this version brings ${major}: move it with pg_dump, or set DATA_DIR to an empty folder.`);
}

async function choosePort(dataDir: string, secrets: Secrets): Promise<number> {
  if (secrets.databasePort && (await isPortFree(secrets.databasePort, host))) return secrets.databasePort;
  const port = await freePort(host);
  saveSecrets(dataDir, { ...secrets, databasePort: port });
  return port;
}

function openLog(file: string): number {
  const tooLong = existsSync(file) && statSync(file).size > largestLog;
  if (tooLong) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}

function whyItEnded(logFile: string, from: number): Failure {
  const lines = readFileSync(logFile).subarray(from).toString('utf8');
  if (/No space left/.test(lines)) return new Failure('The disk of DATA_DIR is full: free at least 300 MB and start again.');
  return new Failure(`The embedded database did not start: see the lines above, kept in ${logFile}.`, lines);
}

function spawnServer(binaries: Binaries, cluster: string, port: number, log: number, durable: boolean, account: DatabaseAccount | undefined): ChildProcess {
  const values: Record<string, string> = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    synchronous_commit: 'on',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return spawn(binaries.postgres, ['-D', cluster, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    ...account,
    cwd: cluster,
    env: environment,
    stdio: ['ignore', log, log],
    // A session of its own: Ctrl-C in the terminal reaches us alone, so that requests in flight end before the database does.
    detached: true,
  });
}

function stopped(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopServer(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (stopped(child)) return;
    child.kill(signal);
    if (await waitFor(() => stopped(child), 20)) return;
  }
}

/** PostgreSQL writes "ready" into its lock file when it accepts connections. */
function acceptsConnections(cluster: string, child: ChildProcess): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * Starts the embedded PostgreSQL of a data folder that has been prepared and locked, making it first when there is none.
 * It listens on 127.0.0.1 only, with a password and a port of its own. Throws `Failure`.
 */
export async function startEmbeddedDatabase(dataDir: string, options: ServerOptions = {}): Promise<EmbeddedDatabase> {
  const account = databaseAccount();
  const binaries = locateBinaries(dataDir, account);
  const cluster = clusterFolder(dataDir);
  const secrets = loadSecrets(dataDir);
  if (!existsSync(cluster)) {
    await createCluster(cluster, binaries, secrets, account);
    options.note?.('new');
  }
  requireSameMajorVersion(cluster, binaries);
  if (await stopLeftover(cluster)) options.note?.('recovered from an earlier run that was killed');

  const port = await choosePort(dataDir, secrets);
  const logFile = join(dataDir, 'postgres.log');
  const log = openLog(logFile);
  const logStart = statSync(logFile).size;
  const child = spawnServer(binaries, cluster, port, log, options.durable ?? true, account);
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // Whatever way this process ends, short of being killed, the database does not outlive it.
  const endWithUs = (): void => void (stopped(child) || child.kill('SIGINT'));
  process.once('exit', endWithUs);
  void ended.then(() => process.off('exit', endWithUs));
  // Recovery after a crash replays the log first, which can take a while.
  const started = await waitFor(() => stopped(child) || child.pid === undefined || acceptsConnections(cluster, child), 300);
  if (!started || stopped(child) || child.pid === undefined) {
    await stopServer(child);
    throw whyItEnded(logFile, logStart);
  }
  const url = `postgresql://${user}:${secrets.databasePassword}@${host}:${port}/${database}`;
  await createDatabase(url, database);
  return { url, ended, stop: () => stopServer(child) };
}
