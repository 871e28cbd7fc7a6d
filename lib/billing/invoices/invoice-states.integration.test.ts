import { describe, expect, it } from 'vitest';
import { database, inTransaction } from '@/lib/core/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { issueInvoice } from './issue-invoice';
import { countInvoices, getInvoice, getOpenAmount, listInvoices } from './list-invoices';
import { markUncollectible } from './mark-uncollectible';
import { recordPayment } from './record-payment';
import { getPaymentTerm, setPaymentTerm } from './set-payment-term';
import { voidInvoice } from './void-invoice';

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

  it('are found by a part of their number, of either case', async () => {
    const { context, invoices } = await customerWithInvoices(1n, 2n);
    const number = invoices[0]!.number!;
    const found = async (part: string, status?: 'paid') => (await listInvoices(context, { number: part, status, page: 1, pageSize: 5 })).items.map(({ id }) => id);
    expect(await found(number.toLowerCase())).toEqual([invoices[0]!.id]);
    expect(await found(number.slice(0, 2))).toEqual([invoices[1]!.id, invoices[0]!.id]);
    expect([await found(number, 'paid'), await found('nothing')]).toEqual([[], []]);
    expect((await listInvoices(context, { number, page: 1, pageSize: 1 })).total).toBe(1);
  });

  it('are overdue once their due date has passed, until they are paid, void or given up', async () => {
    const { context, clock, invoices } = await customerWithInvoices(1n, 2n, 3n, 4n, 0n);
    const overdue = async () => (await listInvoices(context, { status: 'overdue', page: 1, pageSize: 20 })).items.map(({ id }) => id);
    clock.set(new Date(invoices[3]!.dueAt!.getTime()));
    expect(await overdue()).toEqual([invoices[2]!.id, invoices[1]!.id, invoices[0]!.id]);
    expect(await countInvoices(context)).toEqual({ open: 4, paid: 1, overdue: 3 });
    await markUncollectible(context, { invoiceId: invoices[0]!.id });
    await voidInvoice(context, { invoiceId: invoices[1]!.id });
    expect(await overdue()).toEqual([invoices[2]!.id]);
    await recordPayment(context, { invoiceId: invoices[2]!.id, paidAt: clock.now() });
    expect(await listInvoices(context, { status: 'overdue', page: 1, pageSize: 20 })).toMatchObject({ items: [], total: 0 });
    expect(await countInvoices(context)).toEqual({ open: 1, paid: 2, void: 1, uncollectible: 1, overdue: 0 });
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

describe('the payment term', () => {
  it('is the seller’s until the account has its own, and counts for invoices from then on', async () => {
    const { context, accountId } = await customerWithInvoices();
    expect(await getPaymentTerm(context)).toEqual({ days: 14, own: false });
    const issue = async () => (await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, 1n)))).dueAt;
    const first = await database().invoice.findUniqueOrThrow({ where: { id: (await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, 1n)))).id } });
    expect(await setPaymentTerm(context, { days: 30 })).toEqual({ days: 30, own: true });
    expect(await issue()).toEqual(new Date('2026-04-09T08:00:00Z'));
    expect(await setPaymentTerm(context, { days: 0 })).toEqual({ days: 0, own: true });
    expect(await issue()).toEqual(context.clock.now());
    expect(await setPaymentTerm(context, { days: null })).toEqual({ days: 14, own: false });
    expect(await issue()).toEqual(first.dueAt);
    expect(await database().auditEntry.count({ where: { subject: accountId, action: 'account.payment_term_set' } })).toBe(3);
  });

  it('counts calendar days where the customer is, also when the clocks change', async () => {
    const { context, accountId } = await createCustomer({ timeZone: 'Europe/Berlin', now: new Date('2026-03-20T09:00:00Z') });
    const { dueAt } = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, 1n)));
    expect(dueAt).toEqual(new Date('2026-04-03T08:00:00Z'));
  });
});
