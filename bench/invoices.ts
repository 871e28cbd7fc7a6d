import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { countInvoices, getOpenAmount, listInvoices } from '@/lib/billing/invoices/list-invoices';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { migrate } from '@/lib/core/database/migrate';
import { startEmbeddedDatabase } from '@/scripts/postgres/server';

/**
 * What the list of invoices costs an account with ten of them and one with ten thousand, read in turn on the same
 * PostgreSQL: the ratio of the medians should be close to 1.
 */
const sizes = { small: 10, large: 10_000 };
// Pages of five, so that both accounts answer with the same number of invoices.
const rounds = Number(process.env.BENCH_ROUNDS ?? 400);

const reads: Record<string, (context: Context) => Promise<unknown>> = {
  'first page': (context) => listInvoices(context, { page: 1, pageSize: 5 }),
  'first page of paid': (context) => listInvoices(context, { status: 'paid', page: 1, pageSize: 5 }),
  'overdue': (context) => listInvoices(context, { status: 'overdue', page: 1, pageSize: 5 }),
  // A search looks at each number.
  'last page': (context) => listInvoices(context, { page: context.accountId === 'acc_large' ? sizes.large / 5 : sizes.small / 5, pageSize: 5 }),
  'search by number': (context) => listInvoices(context, { number: `${context.accountId}_7`, page: 1, pageSize: 5 }),
  'counts by state': countInvoices,
  'what is owed': getOpenAmount,
};

const contextOf = (accountId: string): Context => ({ actor: { kind: 'system', id: 'bench' }, accountId, clock: systemClock, requestId: 'req_bench' });
const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** An account with that many invoices of one line, a day between each: three open, the others paid. */
async function fill(client: Client, accountId: string, invoices: number): Promise<void> {
  await client.query(
    `INSERT INTO account (id, seller_id, name, contact_email, created_at, updated_at) VALUES ($1, 'sel_bench', 'Bench', 'bench@demo.example', now(), now())`,
    [accountId],
  );
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO invoice (id, seller_id, account_id, status, reason, currency, period_start, period_end, subtotal_minor, tax_minor, total_minor,
       seller_details, customer_details, issued_at, due_at, created_at)
     SELECT $1 || '_' || n, 'sel_bench', $1, 'draft', 'renewal', 'USD', at, at + interval '1 day', 2999, 0, 2999, '{}', '{}', at, at + interval '14 days', at
     FROM generate_series(1, $2::int) n, LATERAL (SELECT now() - ($2::int - n) * interval '1 day' AS at) moment`,
    [accountId, invoices],
  );
  await client.query(
    `INSERT INTO invoice_line (id, invoice_id, position, kind, description_en, description_zh, quantity, unit_amount, amount_minor, net_minor, tax_minor)
     SELECT id || '_line', id, 1, 'subscription', 'Pro plan', '专业版套餐', 1, 29.99, 2999, 2999, 0 FROM invoice WHERE account_id = $1`,
    [accountId],
  );
  await client.query(
    `UPDATE invoice SET number = id, status = CASE WHEN age <= 3 THEN 'open' ELSE 'paid' END::invoice_status, paid_at = CASE WHEN age <= 3 THEN NULL ELSE issued_at END
     FROM (SELECT id AS ranked, row_number() OVER (ORDER BY created_at DESC) AS age FROM invoice WHERE account_id = $1) ages WHERE id = ranked`,
    [accountId],
  );
  await client.query('COMMIT');
}

const dataDir = mkdtempSync(join(tmpdir(), 'portal-bench-'));
chmodSync(dataDir, 0o711);
const server = await startEmbeddedDatabase(dataDir);
process.env.DATABASE_URL = server.url;
try {
  await migrate(server.url);
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(
    `INSERT INTO seller (id, name, legal_name, address_lines, country, email, invoice_prefix, created_at) VALUES ('sel_bench', 'Bench', 'Bench', '{}', 'US', 'bench@demo.example', 'B', now())`,
  );
  for (const [name, invoices] of Object.entries(sizes)) await fill(client, `acc_${name}`, invoices);
  await client.query('VACUUM ANALYZE');
  await client.end();

  console.log(`medians of ${rounds} readings each, in turn; milliseconds`);
  for (const [what, read] of Object.entries(reads)) {
    const took: Record<string, number[]> = { small: [], large: [] };
    for (let round = -20; round < rounds; round += 1) {
      for (const name of Object.keys(sizes)) {
        const since = performance.now();
        await read(contextOf(`acc_${name}`));
        if (round >= 0) took[name]?.push(performance.now() - since);
      }
    }
    const [small, large] = [median(took.small ?? []), median(took.large ?? [])];
    console.log(`${what.padEnd(20)} ${sizes.small} invoices ${small.toFixed(2)}   ${sizes.large} invoices ${large.toFixed(2)}   ratio ${(large / small).toFixed(2)}`);
  }
  await disconnect();
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
