import { describe, expect, it } from 'vitest';
import { paidCapture, refusal, useSandbox } from './test-client';

const held = useSandbox();
const day = 86_400_000;

const search = (from: number, until: number, more: Record<string, unknown> = {}) =>
  held.transactions.searchTransactions({ startDate: new Date(from).toISOString(), endDate: new Date(until).toISOString(), ...more });

describe('the search of transactions', () => {
  it('tells what came and went, with fees, oldest first', async () => {
    const now = Date.now();
    const captureId = await paidCapture(held, '10.00');
    const { result: refund } = await held.payments.refundCapturedPayment({ captureId, body: { amount: { currencyCode: 'USD', value: '4.00' } } });
    const { result } = await search(now - day, now + day, { fields: 'all' });
    expect(result).toMatchObject({ totalItems: 2, totalPages: 1, page: 1 });
    expect(result.transactionDetails).toMatchObject([
      {
        transactionInfo: { transactionId: captureId, transactionEventCode: 'T0006', transactionStatus: 'S', transactionAmount: { currencyCode: 'USD', value: '10.00' }, feeAmount: { value: '-0.84' }, customField: 'custom-1' },
        payerInfo: { emailAddress: 'pays@buyer.sandbox.example' },
      },
      { transactionInfo: { transactionId: refund.id, transactionEventCode: 'T1107', transactionAmount: { value: '-4.00' }, paypalReferenceId: captureId } },
    ]);
    expect((await search(now - 3 * day, now - 2 * day)).result.totalItems).toBe(0);
    expect((await search(now - day, now + day, { transactionId: refund.id })).result.totalItems).toBe(1);
  });

  it('comes in pages', async () => {
    const now = Date.now();
    for (let count = 0; count < 3; count++) await paidCapture(held, '1.00');
    const pages = [await search(now - day, now + day, { pageSize: 2, page: 1 }), await search(now - day, now + day, { pageSize: 2, page: 2 })];
    const ids = pages.flatMap(({ result }) => result.transactionDetails!.map(({ transactionInfo }) => transactionInfo!.transactionId));
    expect(new Set(ids).size).toBe(4);
    expect(pages[0]!.result.totalPages).toBe(3);
  });

  it('covers 31 days and no more', async () => {
    const now = Date.now();
    expect((await search(now - 31 * day, now)).statusCode).toBe(200);
    expect(await refusal(search(now - 31 * day - 1_000, now))).toMatchObject({ status: 400, name: 'INVALID_REQUEST', issue: 'Date range is greater than 31 days' });
    expect(await refusal(search(now, now - day))).toMatchObject({ status: 400 });
  });
});
