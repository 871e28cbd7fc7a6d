import { Client } from 'pg';
import type { Context } from '@/lib/core/context';
import { median, table, whole } from './engine/measure';
import { startPortal } from './http/portal';

/**
 * What Overview costs for an account with 10 invoices and 10 events and for one with 10 000 invoices and many events
 * (BENCH_EVENTS, ten million unless said; about 150 bytes each): the use case alone, and the page as the production server
 * renders it, in turn. Events, rollups and invoices are made by SQL, as the engine and the renewals would have left them.
 */
const sizes = [
  { name: 'small', invoices: 10, events: 10 },
  { name: 'large', invoices: 10_000, events: Number(process.env.BENCH_EVENTS ?? 10_000_000) },
] as const;
const rounds = Number(process.env.BENCH_ROUNDS ?? 100);
const warmUp = 10;
/** Days of the running period that are over. */
const days = 20;

async function beginPeriod(client: Client, accountId: string): Promise<void> {
  await client.query(
    `UPDATE subscription SET anchor_at = at, started_at = at, current_period_start = at, current_period_end = at + interval '1 month'
     FROM (SELECT date_trunc('day', now()) - $2::int * interval '1 day' AS at) moment WHERE account_id = $1`,
    [accountId, days],
  );
}

/** Invoices of the account's subscription, a day of service each, the last of today: three open, the others paid. */
async function fillInvoices(client: Client, accountId: string, invoices: number): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO invoice (id, seller_id, account_id, subscription_id, status, reason, currency, period_start, period_end, subtotal_minor, tax_minor, total_minor,
       seller_details, customer_details, issued_at, due_at, created_at)
     SELECT $1 || '_' || n, 'sel_bench', $1, subscription.id, 'draft', 'renewal', 'USD', at, at + interval '1 day', 2999, 0, 2999, '{}', '{}', at, at + interval '14 days', at
     FROM generate_series(1, $2::int) n, subscription, LATERAL (SELECT date_trunc('day', now()) - ($2::int - n) * interval '1 day' AS at) moment WHERE account_id = $1`,
    [accountId, invoices],
  );
  await client.query(
    `INSERT INTO invoice_line (id, invoice_id, position, kind, description_en, description_zh, quantity, unit_amount, amount_minor, net_minor, tax_minor, period_start, period_end)
     SELECT id || '_line', id, 1, 'subscription', 'Pro plan', '专业版套餐', 1, 29.99, 2999, 2999, 0, period_start, period_end FROM invoice WHERE account_id = $1`,
    [accountId],
  );
  await client.query(
    `UPDATE invoice SET number = id, status = CASE WHEN age <= 3 THEN 'open' ELSE 'paid' END::invoice_status, paid_at = CASE WHEN age <= 3 THEN NULL ELSE issued_at END
     FROM (SELECT id AS ranked, row_number() OVER (ORDER BY created_at DESC) AS age FROM invoice WHERE account_id = $1) ages WHERE id = ranked`,
    [accountId],
  );
  // What the database checks of each invoice at the commit finds its lines by the index only when it knows how many there are.
  await client.query('ANALYZE invoice, invoice_line');
  await client.query('COMMIT');
}

/** Events spread over the period so far, with their hours, days and counter. */
async function fillEvents(client: Client, accountId: string, events: number): Promise<void> {
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM quota_counter WHERE account_id = $1 AND feature_key = 'tokens'`, [accountId]);
  const moment = `date_trunc('day', now()) - $2::int * interval '1 day' + n * $2::int * interval '1 day' / $3::bigint`;
  await client.query(
    `INSERT INTO usage_event (counter_id, occurred_at, id, quantity, recorded_at) SELECT $1, ${moment}, gen_random_uuid(), 1, now() FROM generate_series(0, $3::bigint - 1) n`,
    [rows[0]?.id, days, events],
  );
  for (const [target, unit] of [['usage_hour', 'hour'], ['usage_day', 'day']]) {
    await client.query(
      `INSERT INTO ${target} (account_id, feature_key, ${unit}, quantity, events)
       SELECT $1, 'tokens', date_trunc('${unit}', ${moment}, 'UTC'), count(*), count(*) FROM generate_series(0, $3::bigint - 1) n GROUP BY 3
       ON CONFLICT (account_id, feature_key, ${unit}) DO UPDATE SET quantity = ${target}.quantity + excluded.quantity, events = ${target}.events + excluded.events`,
      [accountId, days, events],
    );
  }
  await client.query(`UPDATE quota_counter SET used = used + $2, events = events + $2 WHERE id = $1`, [rows[0]?.id, events]);
}

/** The medians of both sizes, asked in turn so that neither has the quieter minute. */
async function compare(ask: (size: number) => Promise<unknown>): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []];
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [size, times] of took.entries()) {
      const since = performance.now();
      await ask(size);
      if (round >= 0) times.push(performance.now() - since);
    }
  }
  return [median(took[0]), median(took[1])];
}

const portal = await startPortal(sizes.length);
try {
  process.env.DATABASE_URL = portal.databaseUrl;
  process.env.AUTH_SECRET = portal.authSecret;
  process.env.PORT = String(portal.port);
  // Loaded only now: they need the generated client and the address.
  const { createPerson } = await import('@/lib/auth/people');
  const { sealSessionId, sessionCookie } = await import('@/lib/auth/sessions/cookie');
  const { startSession } = await import('@/lib/auth/sessions/sessions');
  const { addMember } = await import('@/lib/billing/accounts/add-member');
  const { consumeQuota } = await import('@/lib/billing/quota/consume-quota');
  const { drainQuotaEngine } = await import('@/lib/billing/quota/engine/engine');
  const { readOverview } = await import('@/lib/billing/workflows/overview/read-overview');
  const { systemClock } = await import('@/lib/core/clock');
  const { disconnect } = await import('@/lib/core/database');

  const client = new Client({ connectionString: portal.databaseUrl });
  await client.connect();
  const customers: { context: Context; cookie: string }[] = [];
  for (const [index, { name, invoices, events }] of sizes.entries()) {
    const accountId = portal.accounts[index] ?? '';
    const context: Context = { actor: { kind: 'system', id: 'bench' }, accountId, clock: systemClock, requestId: 'req_bench' };
    await beginPeriod(client, accountId);
    await consumeQuota(context, { feature: 'tokens' });
    await fillInvoices(client, accountId, invoices);
    await fillEvents(client, accountId, events);
    const person = await createPerson({ email: `${name}@demo.example`, name: 'Demo Owner', language: 'en' }, systemClock);
    await addMember(context, { userId: person, role: 'owner' });
    const cookie = `${sessionCookie().name}=${await sealSessionId(await startSession(person, 'bench', systemClock))}`;
    customers.push({ context, cookie });
  }
  await client.query('VACUUM ANALYZE');
  await client.end();
  const customerOf = (size: number) => customers[size] as (typeof customers)[number];

  const useCase = await compare((size) => readOverview(customerOf(size).context, { money: true }));
  const page = await compare(async (size) => {
    const answer = await fetch(`http://127.0.0.1:${portal.port}/overview`, { headers: { cookie: customerOf(size).cookie, host: `localhost:${portal.port}` }, redirect: 'manual' });
    const text = await answer.text();
    if (answer.status !== 200 || !text.includes('data-testid="money"')) throw new Error(`The page answered ${answer.status} without its figures.`);
  });
  const row = (name: string, [small, large]: [number, number]): string[] => [name, `${small.toFixed(1)} ms`, `${large.toFixed(1)} ms`, `${(large / small).toFixed(2)} x`];
  const [small, large] = sizes;
  const heading = ({ invoices, events }: { invoices: number; events: number }): string => `${whole(invoices)} invoices, ${whole(events)} events`;
  console.log(table([['', heading(small), heading(large), 'ratio'], row('use case', useCase), row('page', page)]));
  await drainQuotaEngine();
  await disconnect();
} finally {
  await portal.stop();
}
