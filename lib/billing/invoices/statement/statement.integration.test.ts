import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/core/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { issueCreditNote } from '../credit-notes/issue-credit-note';
import { issueInvoice } from '../issue-invoice';
import { recordPayment } from '../record-payment';
import { voidInvoice } from '../void-invoice';
import { getStatement } from './get-statement';

useTestDatabase();

/** A customer in Shanghai that lives through March and April: day and hour are UTC. */
async function lived() {
  const customer = await createCustomer({ timeZone: 'Asia/Shanghai', now: new Date('2026-03-01T00:00:00Z') });
  const at = (moment: string) => customer.clock.set(new Date(moment));
  const issue = (minor: bigint, currency = 'USD') => inTransaction((transaction) => issueInvoice(transaction, customer.context, draftOf(customer.accountId, minor, currency)));
  const { context } = customer;

  const first = await issue(1000n);
  at('2026-03-05T00:00:00Z');
  await issueCreditNote(context, { invoiceId: first.id, reason: 'Demo', wanted: { scope: 'amount', amountMinor: 200n } });
  at('2026-03-10T00:00:00Z');
  await recordPayment(context, { invoiceId: first.id, paidAt: customer.clock.now() });
  // Half past midnight on 1 April in Shanghai is still March in London.
  at('2026-03-31T16:30:00Z');
  const second = await issue(500n);
  await issue(9900n, 'EUR');
  at('2026-04-02T00:00:00Z');
  await voidInvoice(context, { invoiceId: second.id });
  await issueCreditNote(context, { invoiceId: first.id, reason: 'Demo', wanted: { scope: 'amount', amountMinor: 300n } });
  return context;
}

describe('a statement of account', () => {
  it('holds what happened on its days where the customer is, in one currency, with the balance after each', async () => {
    const context = await lived();
    const march = await getStatement(context, { from: '2026-03-01', to: '2026-03-31' });
    expect(march.entries.map(({ kind, number, amountMinor, balanceMinor }) => [kind, number, amountMinor, balanceMinor])).toEqual([
      ['invoice', 'DEMO-000001', 1000n, 1000n],
      ['credit_note', 'DEMO-CN-000001', -200n, 800n],
      ['payment', 'DEMO-000001', -800n, 0n],
    ]);
    expect(march).toMatchObject({ currency: 'USD', openingMinor: 0n, invoicedMinor: 1000n, creditedMinor: 200n, paidMinor: 800n, closingMinor: 0n });

    const april = await getStatement(context, { from: '2026-04-01', to: '2026-04-30' });
    expect(april.entries.map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor])).toEqual([
      ['invoice', 500n, 500n],
      ['credit_note', -300n, 200n],
      ['void', -500n, -300n],
    ]);
    expect(april).toMatchObject({ openingMinor: 0n, invoicedMinor: 500n, creditedMinor: 800n, paidMinor: 0n, closingMinor: -300n });
    expect(await getStatement(context, { from: '2026-05-01', to: '2026-05-01' })).toMatchObject({ openingMinor: -300n, entries: [], closingMinor: -300n });
    expect(await getStatement(context, { from: '2026-03-01', to: '2026-04-30', currency: 'EUR' })).toMatchObject({ closingMinor: 9900n });
  });

  it('is refused for days in the wrong order and for too many', async () => {
    const { context } = await createCustomer();
    await expect(getStatement(context, { from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'to' }] } });
    await expect(getStatement(context, { from: '2024-01-01', to: '2026-01-02' })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
