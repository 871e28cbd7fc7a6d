import { describe, expect, it } from 'vitest';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { useTestDatabase } from '@/lib/testing/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import type { Context } from '@/lib/core/context';
import { issueInvoice } from './issue-invoice';
import type { InvoiceDraft } from './invoice';

useTestDatabase();

const issue = (context: Context, draft: InvoiceDraft, afterwards?: () => void) =>
  inTransaction(async (transaction) => {
    await lockAccount(transaction, draft.accountId);
    const invoice = await issueInvoice(transaction, context, draft);
    afterwards?.();
    return invoice;
  });

describe('issuing an invoice', () => {
  it('opens it with the next number, the details of both sides and a due date', async () => {
    const { accountId, context, clock } = await createCustomer();
    const invoice = await issue(context, draftOf(accountId, 2999n));
    expect(invoice).toMatchObject({ number: 'DEMO-000001', status: 'open', subtotalMinor: 2999n, taxMinor: 0n, totalMinor: 2999n });
    expect(invoice.issuedAt).toEqual(clock.now());
    expect(invoice.dueAt).toEqual(new Date('2026-03-24T08:00:00Z'));
    expect(invoice.seller.legalName).toBe('Demo Seller Ltd');
    expect(invoice.customer.name).toBe('Demo Customer 示例公司');
    expect(invoice.lines).toHaveLength(1);
    expect(invoice.lines[0]).toMatchObject({ unitAmount: '29.99', quantity: 1n, amountMinor: 2999n });
  });

  it('is paid at once when nothing is to pay', async () => {
    const { accountId, context } = await createCustomer();
    const invoice = await issue(context, draftOf(accountId, 0n));
    expect(invoice.status).toBe('paid');
    expect(invoice.paidAt).toEqual(invoice.issuedAt);
  });

  it('adds the tax of the place of the account', async () => {
    const { accountId, sellerId, context } = await createCustomer({ country: 'DE', sellerCountry: 'DE' });
    await database().taxRate.create({ data: { id: newId('tax'), sellerId, country: 'DE', name: 'VAT', nameZh: '增值税', percentage: '19' } });
    const invoice = await issue(context, draftOf(accountId, 2999n));
    expect(invoice).toMatchObject({ taxTreatment: 'standard', subtotalMinor: 2999n, taxMinor: 570n, totalMinor: 3569n });
    expect(invoice.lines[1]).toMatchObject({ kind: 'tax', description: { en: 'VAT 19%', zh: '增值税 19%' }, amountMinor: 570n });
  });

  it('keeps the details of the day it was issued when the account changes later', async () => {
    const { accountId, context } = await createCustomer();
    const { id } = await issue(context, draftOf(accountId, 100n));
    await database().account.update({ where: { id: accountId }, data: { name: 'Another name' } });
    const row = await database().invoice.findUniqueOrThrow({ where: { id } });
    expect(row.customerDetails).toMatchObject({ name: 'Demo Customer 示例公司' });
  });

  it('is written to the audit log', async () => {
    const { accountId, context } = await createCustomer();
    const { id } = await issue(context, draftOf(accountId, 100n));
    expect(await database().auditEntry.findMany({ where: { subject: id } })).toMatchObject([{ action: 'invoice.issued', accountId }]);
  });

  it('leaves no gap in the numbers of a seller with 50 sales at once, some of them undone', async () => {
    const { sellerId } = await createCustomer();
    const customers = await Promise.all(Array.from({ length: 10 }, () => createCustomer({ sellerId })));
    const sales = Array.from({ length: 50 }, async (_, index) => {
      const customer = customers[index % customers.length]!;
      return issue(customer.context, draftOf(customer.accountId, BigInt(index + 1)), () => {
        if (index % 3 === 0) throw new Error('the sale was undone');
      });
    });
    const outcomes = await Promise.allSettled(sales);
    const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.number] : [])).sort();
    expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(17);
    expect(numbers).toEqual(Array.from({ length: 33 }, (_, index) => `DEMO-${String(index + 1).padStart(6, '0')}`));
  });

  it('numbers each seller on its own', async () => {
    const one = await createCustomer();
    const other = await createCustomer();
    expect((await issue(one.context, draftOf(one.accountId, 1n))).number).toBe('DEMO-000001');
    expect((await issue(other.context, draftOf(other.accountId, 1n))).number).toBe('DEMO-000001');
  });

  it('refuses a total below zero and writes nothing', async () => {
    const { accountId, context } = await createCustomer();
    await expect(issue(context, draftOf(accountId, -1n))).rejects.toMatchObject({ code: 'invoice_total_negative' });
    expect(await database().invoice.count({ where: { accountId } })).toBe(0);
  });
});

describe('the database itself', () => {
  it('refuses to change or delete an issued invoice or its lines', async () => {
    const { accountId, context } = await createCustomer();
    const { id } = await issue(context, draftOf(accountId, 2999n));
    await expect(database().invoice.update({ where: { id }, data: { totalMinor: 1n, subtotalMinor: 1n } })).rejects.toThrow(/cannot be changed/);
    await expect(database().invoice.delete({ where: { id } })).rejects.toThrow();
    await expect(database().invoiceLine.updateMany({ where: { invoiceId: id }, data: { amountMinor: 1n } })).rejects.toThrow(/cannot be changed/);
    await expect(database().invoiceLine.deleteMany({ where: { invoiceId: id } })).rejects.toThrow(/cannot be changed/);
  });

  it('refuses lines that do not add up to the totals', async () => {
    const { accountId, sellerId } = await createCustomer();
    const invoice = {
      id: newId('inv'), sellerId, accountId, status: 'draft', reason: 'on_demand', currency: 'USD',
      periodStart: new Date(0), periodEnd: new Date(1), subtotalMinor: 5n, taxMinor: 0n, totalMinor: 5n,
      sellerDetails: {}, customerDetails: {}, createdAt: new Date(0),
    } as const;
    await expect(database().invoice.create({ data: invoice })).rejects.toThrow(/do not add up/);
  });
});
