import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { database, pool } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { customerWithBooks, eventsWithoutCredit, live } from '@/lib/testing/life-of-money';

useTestDatabase();

const booked = () => database().$queryRaw<{ kind: string }[]>`
  SELECT t.account_id, t.kind, t.reference, t.occurred_at, e.ledger_account, e.currency, e.amount_minor
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id ORDER BY t.kind, t.reference, e.ledger_account, e.amount_minor`;

it('what there was before the ledger is booked by the migration as the code books it since', async () => {
  const sql = await readFile('prisma/migrations/0024_book_what_exists/migration.sql', 'utf8');
  const customer = await customerWithBooks();
  await live(customer, fc.sample(fc.oneof(...eventsWithoutCredit), { numRuns: 120, seed: 7 }));
  const since = await booked();
  expect(new Set(since.map(({ kind }) => kind))).toEqual(new Set(['invoice_issued', 'invoice_paid', 'invoice_voided', 'invoice_given_up', 'credit_note', 'payment_surplus']));
  await pool().query('TRUNCATE ledger_entry, ledger_transaction');
  await pool().query(`BEGIN; ${sql}; COMMIT`);
  expect(await booked()).toEqual(since);
}, 60_000);
