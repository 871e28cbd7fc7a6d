import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Client } from 'pg';
import { withDatabase } from '../support/database';
import { cards } from '../support/paying';

// Runs after all other specs: what they typed and were given must not have been written down anywhere.

const dataDir = process.env.E2E_DATA_DIR ?? '';
const read = <Content>(file: string): Content => JSON.parse(readFileSync(join(dataDir, file), 'utf8')) as Content;

/** What must be found nowhere, as regular expressions that JavaScript and PostgreSQL read alike. */
function secrets(): Record<string, string> {
  const { authSecret, encryptionKey, databasePassword } = read<Record<string, string>>('secrets.json');
  const { secretKey, webhookSecret, paypal, oidc } = read<{ secretKey: string; webhookSecret: string; paypal: { clientSecret: string }; oidc: { clientSecret: string } }>('sandbox-keys.json');
  const literal = (text = ''): string => text.replace(/[^\w-]/g, (sign) => `\\${sign}`);
  return {
    'a card number': Object.values(cards).map((number) => number.replace(/(\d{4})(?=\d)/g, '$1 ?')).join('|'),
    'a client secret': '(pi|seti)_[A-Za-z0-9]+_secret_[A-Za-z0-9]+',
    'an API key': 'cpk_[0-9a-f]{12}_[A-Za-z0-9_-]{32}',
    'a password': 'demo-portal-2026',
    "the payment provider's secret key": literal(secretKey),
    "the payment provider's webhook secret": literal(webhookSecret),
    "PayPal's client secret": literal(paypal.clientSecret),
    "the identity provider's client secret": literal(oidc.clientSecret),
    'the secret of sessions': literal(authSecret),
    'the key of sealed fields': literal(encryptionKey),
    'the password of the database': literal(databasePassword),
  };
}

/** The tables in which a row, read as text, matches. */
async function tablesWith(client: Client, pattern: string): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ holds: boolean }>(`SELECT EXISTS (SELECT 1 FROM ${name} AS row WHERE row::text ~ $1) AS holds`, [pattern]);
    if (rows[0]?.holds) found.push(name);
  }
  return found;
}

/** What the start shows to whoever tries the demo: its sign-ins and its key. */
const greeting = /The customer portal is ready at[\s\S]*?Ctrl-C stops it/;

/** Every log of the run: the portal's, with all that it says at the level `debug`, and the database's. */
function logs(): { file: string; text: string }[] {
  const folders = [dataDir, join(dataDir, 'postgres'), join(dataDir, 'postgres', 'log')].filter((folder) => existsSync(folder));
  return folders
    .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.log')).map((name) => join(folder, name)))
    .map((file) => ({ file, text: readFileSync(file, 'utf8').replace(greeting, '') }));
}

test('no card number, secret or token is in the database', async () => {
  test.slow();
  await withDatabase(async (client) => {
    expect(await tablesWith(client, '@demo\\.example'), 'the search finds what is there').toContain('public."user"');
    for (const [what, pattern] of Object.entries(secrets())) expect(await tablesWith(client, pattern), what).toEqual([]);
  });
});

test('no card number, secret or token is in a log', () => {
  const written = logs();
  expect(written.map(({ text }) => text).join(''), 'the log holds what the portal did').toContain('job done');
  for (const [what, pattern] of Object.entries(secrets())) {
    expect(written.filter(({ text }) => new RegExp(pattern).test(text)).map(({ file }) => file), what).toEqual([]);
  }
});
