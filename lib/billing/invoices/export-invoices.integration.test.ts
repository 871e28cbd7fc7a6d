import { describe, expect, it } from 'vitest';
import { inTransaction } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { createCustomer, draftOf } from '@/lib/testing/invoicing';
import { issueInvoice } from './issue-invoice';
import { exportInvoices } from './list-invoices';

useTestDatabase();

describe('the exported list of invoices', () => {
  it('holds those issued on the days where the customer is, newest first', async () => {
    const { context, clock, accountId } = await createCustomer({ timeZone: 'Asia/Shanghai' });
    for (const moment of ['2026-03-30T15:00:00Z', '2026-03-31T15:59:59Z', '2026-03-31T16:00:00Z']) {
      clock.set(new Date(moment));
      await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(accountId, 1n)));
    }
    const numbers = async (days: { from?: string; to?: string }) => (await exportInvoices(context, days)).map(({ number }) => number);
    expect(await numbers({})).toEqual(['DEMO-000003', 'DEMO-000002', 'DEMO-000001']);
    expect(await numbers({ to: '2026-03-31' })).toEqual(['DEMO-000002', 'DEMO-000001']);
    expect(await numbers({ from: '2026-03-31', to: '2026-03-31' })).toEqual(['DEMO-000002']);
    expect(await numbers({ from: '2026-04-01' })).toEqual(['DEMO-000003']);
  });

  it('is refused for days in the wrong order and days that no calendar of ours holds', async () => {
    const { context } = await createCustomer();
    for (const days of [{ from: '2026-03-02', to: '2026-03-01' }, { from: '0000-01-01' }, { to: '9999-12-31' }]) {
      await expect(exportInvoices(context, days)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});
