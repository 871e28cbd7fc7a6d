import { describe, expect, it } from 'vitest';
import { database, inTransaction } from '@/lib/core/database';
import { createCustomer } from '@/lib/testing/invoicing';
import { useTestDatabase } from '@/lib/testing/database';
import { post } from './post';
import { readBalances } from './store';
import type { Booking } from './transaction';

useTestDatabase();

const sale = (reference: string, debit = 1190n): Booking => ({
  kind: 'invoice_issued', reference, currency: 'EUR',
  entries: [{ account: 'receivable', amountMinor: debit }, { account: 'revenue', amountMinor: -1000n }, { account: 'tax_owed', amountMinor: -190n }, { account: 'customer_credit', amountMinor: 0n }],
});

describe('the ledger', () => {
  it('keeps what was booked once, and its balances are the sums', async () => {
    const { accountId, context } = await createCustomer();
    const booked = await inTransaction(async (transaction) => [await post(transaction, context, sale('inv_1')), await post(transaction, context, sale('inv_1')), await post(transaction, context, sale('inv_2'))]);
    expect(booked).toEqual([true, false, true]);
    expect(await readBalances(database(), accountId)).toEqual([
      { ledgerAccount: 'receivable', currency: 'EUR', balanceMinor: 2380n },
      { ledgerAccount: 'revenue', currency: 'EUR', balanceMinor: -2000n },
      { ledgerAccount: 'tax_owed', currency: 'EUR', balanceMinor: -380n },
    ]);
  });

  it('refuses what does not sum to zero, in the code and in the database', async () => {
    const { accountId, context } = await createCustomer();
    await expect(inTransaction((transaction) => post(transaction, context, sale('inv_wrong', 1191n)))).rejects.toThrow(RangeError);
    const entry = { position: 1, accountId, ledgerAccount: 'revenue', currency: 'EUR', amountMinor: 5n };
    const transaction = { id: 'ltx_wrong', accountId, kind: 'invoice_issued', reference: 'inv_wrong', occurredAt: context.clock.now() };
    await expect(database().ledgerTransaction.create({ data: { ...transaction, entries: { create: entry } } })).rejects.toThrow(/do not sum to zero/);
    // Two currencies do not make up for each other, and an empty one is none.
    const two = [entry, { ...entry, position: 2, currency: 'USD', amountMinor: -5n }];
    await expect(database().ledgerTransaction.create({ data: { ...transaction, entries: { create: two } } })).rejects.toThrow(/do not sum to zero/);
    await expect(database().ledgerTransaction.create({ data: transaction })).rejects.toThrow(/do not sum to zero/);
    expect(await readBalances(database(), accountId)).toEqual([]);
  });

  it('refuses to change or delete what was booked, and to add to it', async () => {
    const { accountId, context } = await createCustomer();
    await inTransaction((transaction) => post(transaction, context, sale('inv_kept')));
    const { id } = await database().ledgerTransaction.findFirstOrThrow({ where: { accountId } });
    const place = { transactionId_position: { transactionId: id, position: 1 } };
    await expect(database().ledgerEntry.update({ where: place, data: { amountMinor: 1n } })).rejects.toThrow(/cannot be changed/);
    await expect(database().ledgerEntry.delete({ where: place })).rejects.toThrow(/cannot be changed/);
    await expect(database().ledgerTransaction.update({ where: { id }, data: { kind: 'refund' } })).rejects.toThrow(/cannot be changed/);
    await expect(database().ledgerEntry.create({ data: { transactionId: id, position: 9, accountId, ledgerAccount: 'revenue', currency: 'EUR', amountMinor: 1n } })).rejects.toThrow(/do not sum to zero/);
    const stranger = await createCustomer();
    await expect(database().ledgerEntry.create({ data: { transactionId: id, position: 9, accountId: stranger.accountId, ledgerAccount: 'revenue', currency: 'EUR', amountMinor: 1n } })).rejects.toThrow(/another account/);
  });
});
