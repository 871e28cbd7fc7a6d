import { describe, expect, it } from 'vitest';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { updateAccount } from '../accounts/update-account';
import type { InvoiceDraft } from './invoice';
import { issueInvoice } from './issue-invoice';
import { getInvoice, listInvoices } from './list-invoices';
import { customerDetails } from './schema';

useTestDatabase();

type Customer = Awaited<ReturnType<typeof createCustomer>>;

const issue = ({ accountId, context }: Customer, change: Partial<InvoiceDraft> = {}, amountMinor = 2_999n) =>
  inTransaction(async (transaction) => {
    await lockAccount(transaction, accountId);
    return issueInvoice(transaction, context, { ...draftOf(accountId, amountMinor), ...change });
  });

const mailTo = (recipient: string) => database().mail.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } });

describe('billing details', () => {
  it('stand on invoices from then on, and not on those of before', async () => {
    const customer = await createCustomer();
    const before = await issue(customer);
    await updateAccount(customer.context, { legalName: '  Demo Customer   Ltd ', purchaseOrder: 'PO-4711', taxId: '12-3456789' });
    const after = await issue(customer);
    expect(after.customer).toMatchObject({ name: 'Demo Customer Ltd', purchaseOrder: 'PO-4711', taxId: '12-3456789' });
    expect(await getInvoice(customer.context, after.id)).toMatchObject({ customer: after.customer });
    expect(await getInvoice(customer.context, before.id)).toMatchObject({ customer: { name: 'Demo Customer 示例公司', purchaseOrder: '', taxId: '' } });
  });

  it('are read of an invoice that was issued before there were purchase orders', async () => {
    const { customer } = await issue(await createCustomer());
    const { purchaseOrder: _, ...earlier } = customer;
    expect(customerDetails.parse(earlier)).toEqual({ ...customer, purchaseOrder: '' });
  });

  it('send each new invoice to the addresses that were named, in the language of invoices', async () => {
    const customer = await createCustomer();
    const [first, second] = ['first-invoices@demo.example', 'second-invoices@demo.example'];
    await updateAccount(customer.context, { language: 'zh', purchaseOrder: 'PO-1', invoiceEmails: [` ${first}`, second, first] });
    const { id, number } = await issue(customer);
    for (const recipient of [first, second]) {
      const [mail, ...more] = await mailTo(recipient);
      expect(more).toEqual([]);
      expect(mail?.subject).toContain(number);
      expect(mail?.text).toContain('US$29.99');
      expect(mail?.text).toContain('PO-1');
      expect(mail?.text).toContain(`/billing/${id}`);
    }
  });

  it('say that nothing is left to pay where that is so, and say nothing of an invoice that is sent once it is paid', async () => {
    const customer = await createCustomer();
    await updateAccount(customer.context, { invoiceEmails: ['quiet-invoices@demo.example'] });
    await issue(customer, { sentOncePaid: true });
    expect(await mailTo('quiet-invoices@demo.example')).toEqual([]);
    await issue(customer, {}, 0n);
    expect((await mailTo('quiet-invoices@demo.example'))[0]?.text).toContain('Nothing is left to pay.');
  });

  it('refuse what is no address, and change nothing', async () => {
    const customer = await createCustomer();
    await expect(updateAccount(customer.context, { legalName: 'Other', invoiceEmails: ['fine@demo.example', 'nobody'] })).rejects.toMatchObject({
      code: 'invalid_request', details: { issues: [{ field: 'invoiceEmails', code: 'emails_form' }] },
    });
    expect((await database().account.findUniqueOrThrow({ where: { id: customer.accountId } })).legalName).toBe('');
  });
});

describe('a search for an invoice', () => {
  it('finds it by its number or a part of it, in one state where one is named, and never another account’s', async () => {
    const customer = await createCustomer();
    const other = await createCustomer({ sellerId: customer.sellerId });
    const mine = [await issue(customer), await issue(customer), await issue(customer, {}, 0n)];
    const theirs = await issue(other);
    const found = async (search: Parameters<typeof listInvoices>[1]) => {
      const { items, total } = await listInvoices(customer.context, search);
      expect(total).toBe(items.length);
      return items.map(({ number }) => number);
    };
    const page = { page: 1, pageSize: 20 };
    expect(await found({ number: mine[1]?.number?.toLowerCase(), ...page })).toEqual([mine[1]?.number]);
    expect(await found({ number: '00000', ...page })).toEqual(mine.map(({ number }) => number).reverse());
    expect(await found({ number: '00000', status: 'paid', ...page })).toEqual([mine[2]?.number]);
    expect(await found({ number: theirs.number ?? '', ...page })).toEqual([]);
    expect(await found({ number: '%', ...page })).toEqual([]);
    const paged = await Promise.all([1, 2, 3, 4].map((at) => listInvoices(customer.context, { page: at, pageSize: 1 })));
    expect(paged.map(({ items }) => items.map(({ number }) => number))).toEqual([[mine[2]?.number], [mine[1]?.number], [mine[0]?.number], []]);
  });
});
