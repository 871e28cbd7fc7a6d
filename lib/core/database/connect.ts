import { Client, escapeIdentifier } from 'pg';
import { OperatorError } from '../operator-error';

/** `host:port/database` of a database address, without its credentials. */
export function databaseLabel(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be resolved',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
  '28P01': 'the password is wrong',
  '28000': 'the user may not sign in',
  '3D000': 'there is no database of that name',
  '53300': 'it has no free connection',
  '57P03': 'it is starting up or shutting down',
};

function whyUnreachable(error: unknown): string {
  // A host with several addresses fails with one error each.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return reasons[code] ?? (first instanceof Error ? first.message : String(first));
}

/** Opens one connection, runs `work` on it and closes it. Throws `OperatorError` when the database cannot be reached. */
export async function withConnection<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000, application_name: 'portal setup' });
  client.on('error', () => undefined); // A broken connection also fails the query that waits on it.
  try {
    await client.connect();
  } catch (error) {
    throw new OperatorError(
      `The database at ${databaseLabel(databaseUrl)} cannot be used: ${whyUnreachable(error)}. Check DATABASE_URL and that PostgreSQL is running.`,
      { cause: error },
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function onSameServer(databaseUrl: string, database: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Creates a database unless it is there; `template` is the database that it becomes a copy of. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<void> {
  await withConnection(onSameServer(serverUrl, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const from = template ? ` template ${escapeIdentifier(template)}` : '';
    await client.query(`create database ${escapeIdentifier(name)}${from}`);
  });
}

/** Drops a database and ends the connections to it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withConnection(onSameServer(serverUrl, 'postgres'), async (client) => {
    await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
  });
}
