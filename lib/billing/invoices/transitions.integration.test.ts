import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { useTestDatabase } from '@/lib/testing/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { invoiceStatuses, invoiceTransitions, type InvoiceStatus } from './invoice';
import { issueInvoice } from './issue-invoice';
import { markUncollectible } from './mark-uncollectible';
import { recordPayment } from './record-payment';
import { voidInvoice } from './void-invoice';

useTestDatabase();

const commands: { to: InvoiceStatus; run: (customer: Awaited<ReturnType<typeof createCustomer>>, invoiceId: string) => Promise<unknown> }[] = [
  { to: 'paid', run: ({ context, clock }, invoiceId) => recordPayment(context, { invoiceId, paidAt: clock.now() }) },
  { to: 'void', run: ({ context }, invoiceId) => voidInvoice(context, { invoiceId }) },
  { to: 'uncollectible', run: ({ context }, invoiceId) => markUncollectible(context, { invoiceId }) },
];

describe('the states of an invoice', () => {
  it('move by the table and in no other way, each move in the audit log, whatever is asked in whatever order', async () => {
    const customer = await createCustomer();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...commands), { maxLength: 6 }), async (asked) => {
        const { id } = await inTransaction((transaction) => issueInvoice(transaction, customer.context, draftOf(customer.accountId, 500n)));
        let expected: InvoiceStatus = 'open';
        const moves: string[] = [];
        for (const { to, run } of asked) {
          const outcome = await run(customer, id).then(() => 'done', (error: unknown) => (error instanceof DomainError ? error.code : String(error)));
          const mayMove = invoiceTransitions[expected].includes(to);
          expect(outcome).toBe(mayMove || expected === to ? 'done' : 'invalid_transition');
          if (mayMove) moves.push(`${expected} → ${to}`);
          if (mayMove) expected = to;
        }
        expect((await database().invoice.findUniqueOrThrow({ where: { id } })).status).toBe(expected);
        const entries = await database().auditEntry.findMany({ where: { subject: id, NOT: { action: 'invoice.issued' } }, orderBy: { id: 'asc' } });
        const stateOf = (value: unknown) => (value as { status: string }).status;
        expect(entries.map(({ before, after }) => `${stateOf(before)} → ${stateOf(after)}`).sort()).toEqual(moves.sort());
      }),
      { numRuns: 25 },
    );
  });

  it('are guarded by the same table in the database', async () => {
    const { accountId, sellerId } = await createCustomer();
    const period = { periodStart: new Date(0), periodEnd: new Date(1) };
    for (const from of invoiceStatuses) {
      for (const to of invoiceStatuses) {
        const id = `inv_${from}_${to}`;
        await database().invoice.create({
          data: {
            id, sellerId, accountId, number: from === 'draft' ? null : id, status: from, reason: 'on_demand', currency: 'USD', ...period, subtotalMinor: 0n, taxMinor: 0n, totalMinor: 0n,
            sellerDetails: {}, customerDetails: {}, createdAt: new Date(0),
          },
        });
        const moved = await database().invoice.update({ where: { id }, data: { status: to, number: to === 'draft' ? null : id } }).then(() => true, () => false);
        expect([from, to, moved]).toEqual([from, to, from === to || invoiceTransitions[from].includes(to)]);
      }
    }
  });
});
