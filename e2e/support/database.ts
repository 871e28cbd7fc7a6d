import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** Works in the database of the server under test. */
export async function withDatabase<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
  const secrets = readFileSync(join(process.env.E2E_DATA_DIR ?? '.data', 'secrets.json'), 'utf8');
  const { databasePassword, databasePort } = JSON.parse(secrets) as { databasePassword: string; databasePort: number };
  const client = new Client({ host: '127.0.0.1', port: databasePort, user: 'portal', password: databasePassword, database: 'portal' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Ends the time of a one-time token for a frame, which would take a minute to pass. */
export async function expireEmbedToken(token: string): Promise<void> {
  const { rowCount } = await withDatabase((client) =>
    client.query('UPDATE embed_token SET expires_at = created_at WHERE token_hash = $1', [createHash('sha256').update(token).digest('hex')]),
  );
  if (rowCount !== 1) throw new Error('There is no such token.');
}
