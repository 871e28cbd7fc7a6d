import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { getInvoice } from '../invoices/list-invoices';
import { issueCreditNote } from '../invoices/credit-notes/issue-credit-note';
import { issueInvoice } from '../invoices/issue-invoice';
import { recordPayment } from '../invoices/record-payment';
import { getStatement } from '../invoices/statement/get-statement';
import { voidInvoice } from '../invoices/void-invoice';
import { expireDueCredit } from './expire-credit';
import { giveCredit } from './give-credit';
import { getCredit, listGrants, listMovements } from './list-credit';
import { revokeGrant } from './revoke-grant';

useTestDatabase();
const pages = { page: 1, pageSize: 20 };

/** A customer in a place with 19 % tax. */
async function customer() {
  const made = await createCustomer();
  await database().taxRate.create({ data: { id: newId('tax'), sellerId: made.sellerId, country: 'US', name: 'VAT', percentage: '19' } });
  const { context, accountId, clock } = made;
  return {
    ...made,
    give: (amountMinor: bigint, expiresAt: Date | null = null) => giveCredit(context, { amountMinor, expiresAt, note: 'Demo' }),
    issue: (minor: bigint, currency?: string) => inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, minor, currency))),
    left: async () => (await getCredit(context))[0]!.availableMinor,
    after: (days: number) => new Date(clock.now().getTime() + days * 86_400_000),
  };
}

describe('prepaid credit', () => {
  it('pays an invoice after tax, and all of it where it reaches', async () => {
    const { give, issue, left } = await customer();
    await give(1500n);
    const first = await issue(1000n);
    expect(first).toMatchObject({ subtotalMinor: 1000n, taxMinor: 190n, creditMinor: 1190n, totalMinor: 0n, status: 'paid' });
    expect(first.lines.at(-1)).toMatchObject({ kind: 'credit', amountMinor: -1190n, taxMinor: 0n });
    expect(await issue(1000n)).toMatchObject({ creditMinor: 310n, totalMinor: 880n, dueMinor: 880n, status: 'open' });
    expect(await left()).toBe(0n);
  });

  it('pays in its own currency alone', async () => {
    const { give, issue, left } = await customer();
    await give(500n);
    expect(await issue(1000n, 'EUR')).toMatchObject({ creditMinor: 0n, totalMinor: 1190n });
    expect(await left()).toBe(500n);
  });

  it('is spent once by many invoices at once', async () => {
    const { give, issue, left, context } = await customer();
    await give(5_000n);
    const invoices = await Promise.all(
      Array.from({ length: 12 }, () =>
        inTransaction(async (transaction) => {
          await lockAccount(transaction, context.accountId);
          return issue(500n);
        }),
      ),
    );
    expect(invoices.reduce((sum, { creditMinor }) => sum + creditMinor, 0n)).toBe(5_000n);
    expect(await left()).toBe(0n);
  });

  it('is back when its invoice is declared void', async () => {
    const { give, issue, left, context } = await customer();
    await give(400n);
    const invoice = await issue(1000n);
    await voidInvoice(context, { invoiceId: invoice.id });
    expect(await left()).toBe(400n);
  });

  it('comes back by a credit note to the share that it had paid, the rest in money', async () => {
    const { give, issue, left, context, clock } = await customer();
    await give(476n);
    const invoice = await issue(1000n); // 11.90: 4.76 by credit, 7.14 in money
    await recordPayment(context, { invoiceId: invoice.id, paidAt: clock.now() });
    const credit = (amountMinor: bigint) => issueCreditNote(context, { invoiceId: invoice.id, reason: 'Demo', wanted: { scope: 'amount', amountMinor } });
    expect(await credit(595n)).toMatchObject({ refundableMinor: 595n, returnedCreditMinor: 238n });
    expect(await left()).toBe(238n);
    expect(await credit(595n)).toMatchObject({ refundableMinor: 595n, returnedCreditMinor: 238n });
    expect(await left()).toBe(476n);
    expect(await getInvoice(context, invoice.id)).toMatchObject({ creditedMinor: 1190n, refundableMinor: 1190n });
    // What is credit again is not also in the customer's favour on the statement of account.
    expect(await getStatement(context, { from: '2026-03-01', to: '2026-03-31' })).toMatchObject({ invoicedMinor: 714n, paidMinor: 714n, closingMinor: -714n });
  });

  it('cannot be spent from its expiry on, whether a job came by or not, and ends for good', async () => {
    const { give, issue, left, after, clock, context } = await customer();
    await give(300n, after(10));
    await give(200n);
    clock.set(after(10));
    expect(await left()).toBe(200n);
    expect(await issue(1000n)).toMatchObject({ creditMinor: 200n });
    expect((await listMovements(context, pages)).items.map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor])).toEqual([
      ['spent', -200n, 0n], ['expired', -300n, 200n], ['granted', 200n, 500n], ['granted', 300n, 300n],
    ]);
  });

  it('ends at an idle account by the job, and what comes back to it later ends with it', async () => {
    const { give, issue, left, after, clock, context } = await customer();
    const { id } = await give(300n, after(10));
    const invoice = await issue(100n);
    clock.set(after(10));
    await expireDueCredit(new FixedClock(clock.now()));
    await voidInvoice(context, { invoiceId: invoice.id }).catch(() => issueCreditNote(context, { invoiceId: invoice.id, reason: 'Demo', wanted: { scope: 'whole' } }));
    expect(await left()).toBe(0n);
    await expireDueCredit(new FixedClock(clock.now()));
    expect((await listGrants(context, { onlyLeft: false, ...pages })).items).toMatchObject([{ id, leftMinor: 0n }]);
    expect((await listMovements(context, pages)).items.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['expired', -119n], ['returned', 119n], ['expired', -181n], ['spent', -119n], ['granted', 300n]]);
  });

  it('that was given away can be taken back, once', async () => {
    const { give, issue, left, context } = await customer();
    const { id } = await give(300n);
    await issue(100n);
    await revokeGrant(context, id, 'Demo');
    expect(await revokeGrant(context, id, 'Demo')).toMatchObject({ leftMinor: 0n });
    expect(await left()).toBe(0n);
    expect((await database().auditEntry.findMany({ where: { subject: id }, orderBy: { id: 'asc' } })).map(({ action }) => action)).toEqual(['credit.granted', 'credit.revoked']);
    await expect(revokeGrant((await customer()).context, id, 'Demo')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('tells what it paid, page by page, with what was left after it', async () => {
    const { give, issue, context } = await customer();
    await give(300n);
    const invoice = await issue(100n);
    await give(50n);
    const last = await listMovements(context, { page: 1, pageSize: 2 });
    expect(last).toMatchObject({ total: 3, currency: 'USD', items: [{ kind: 'granted', amountMinor: 50n, balanceMinor: 231n }, { kind: 'spent', amountMinor: -119n, balanceMinor: 181n, invoiceId: invoice.id, invoiceNumber: invoice.number }] });
    expect((await listMovements(context, { page: 2, pageSize: 2 })).items).toMatchObject([{ balanceMinor: 300n, cause: 'operator', note: 'Demo' }]);
  });

  it('is not given with an expiry that has passed', async () => {
    const { give, clock } = await customer();
    await expect(give(100n, clock.now())).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('a grant', () => {
  let sellerId: string;
  beforeAll(async () => {
    ({ sellerId } = await createCustomer());
  });

  it('never has less than nothing left, nor more than it was, and is not changed', async () => {
    const { context } = await createCustomer({ sellerId });
    const { id } = await giveCredit(context, { amountMinor: 100n, note: '' });
    for (const leftMinor of [-1n, 101n]) await expect(database().creditGrant.update({ where: { id }, data: { leftMinor } })).rejects.toThrow();
    await expect(database().creditGrant.update({ where: { id }, data: { leftMinor: 50n } })).rejects.toThrow(/do not come to what is left/);
    await expect(database().creditGrant.update({ where: { id }, data: { expiresAt: new Date('2099-01-01T00:00:00Z') } })).rejects.toThrow(/cannot be changed/);
  });
});
