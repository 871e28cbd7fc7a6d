import { describe, expect, it } from 'vitest';
import { database, inTransaction } from '@/lib/core/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { issueInvoice } from './issue-invoice';
import { getInvoice, getOpenAmount, listInvoices } from './list-invoices';
import { recordPayment, voidInvoice } from './settle-invoice';

useTestDatabase();

async function customerWithInvoices(...totals: bigint[]) {
  const customer = await createCustomer();
  const invoices = [];
  for (const total of totals) {
    customer.clock.set(new Date(customer.clock.now().getTime() + 86_400_000));
    invoices.push(await inTransaction((transaction) => issueInvoice(transaction, customer.context, draftOf(customer.accountId, total))));
  }
  return { ...customer, invoices };
}

describe('paying out of band', () => {
  it('marks the invoice paid at that moment, once', async () => {
    const { context, clock, invoices } = await customerWithInvoices(500n);
    const id = invoices[0]!.id;
    const paidAt = clock.now();
    clock.set(new Date(paidAt.getTime() + 1000));
    expect(await recordPayment(context, { invoiceId: id, paidAt })).toMatchObject({ status: 'paid', paidAt });
    expect(await recordPayment(context, { invoiceId: id, paidAt })).toMatchObject({ status: 'paid', paidAt });
    expect(await database().auditEntry.count({ where: { subject: id, action: 'invoice.paid' } })).toBe(1);
    await expect(recordPayment(context, { invoiceId: id, paidAt: clock.now() })).rejects.toMatchObject({ code: 'invalid_transition' });
    await expect(voidInvoice(context, { invoiceId: id })).rejects.toMatchObject({ code: 'invalid_transition' });
  });

  it('refuses a moment before the issue or in the future', async () => {
    const { context, clock, invoices } = await customerWithInvoices(500n);
    for (const offset of [-1, 1]) {
      const paidAt = new Date(clock.now().getTime() + offset);
      await expect(recordPayment(context, { invoiceId: invoices[0]!.id, paidAt })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});

describe('the invoices of an account', () => {
  it('are listed newest first, by page and by state', async () => {
    const { context, invoices } = await customerWithInvoices(1n, 2n, 3n, 0n);
    await voidInvoice(context, { invoiceId: invoices[0]!.id });
    const all = await listInvoices(context, { page: 1, pageSize: 3 });
    expect(all).toMatchObject({ total: 4, page: 1, pageSize: 3 });
    expect(all.items.map(({ id }) => id)).toEqual([invoices[3]!.id, invoices[2]!.id, invoices[1]!.id]);
    expect((await listInvoices(context, { page: 2, pageSize: 3 })).items.map(({ id }) => id)).toEqual([invoices[0]!.id]);
    expect((await listInvoices(context, { status: 'void', page: 1, pageSize: 3 })).items.map(({ id }) => id)).toEqual([invoices[0]!.id]);
    expect(await listInvoices(context, { page: 9, pageSize: 3 })).toMatchObject({ items: [], total: 4 });
  });

  it('say what is owed and when', async () => {
    const { context, invoices } = await customerWithInvoices(100n, 250n, 0n);
    expect(await getOpenAmount(context)).toEqual({ count: 2, amounts: [{ currency: 'USD', minor: 350n }], dueAt: invoices[0]!.dueAt });
    await voidInvoice(context, { invoiceId: invoices[0]!.id });
    expect(await getOpenAmount(context)).toEqual({ count: 1, amounts: [{ currency: 'USD', minor: 250n }], dueAt: invoices[1]!.dueAt });
  });

  it('are not there for another account', async () => {
    const { invoices } = await customerWithInvoices(100n);
    const stranger = await createCustomer();
    const invoiceId = invoices[0]!.id;
    await expect(getInvoice(stranger.context, invoiceId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(voidInvoice(stranger.context, { invoiceId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(recordPayment(stranger.context, { invoiceId, paidAt: stranger.clock.now() })).rejects.toMatchObject({ code: 'not_found' });
    expect((await listInvoices(stranger.context, { page: 1, pageSize: 20 })).items).toEqual([]);
    expect(await getOpenAmount(stranger.context)).toEqual({ count: 0, amounts: [], dueAt: null });
  });
});
