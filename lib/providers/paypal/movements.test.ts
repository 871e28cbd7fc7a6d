import { describe, expect, it } from 'vitest';
import { kindOf, movementOf } from './movements';

describe('a movement in PayPal’s books', () => {
  it.each([
    ['T0006', 'payment'], ['T0003', 'payment'], ['T0002', 'payment'], ['T1107', 'refund'], ['T1201', 'dispute'], ['T1106', 'dispute'], ['T1110', 'dispute'], ['T1202', 'dispute_reversal'], ['T1111', 'dispute_reversal'],
    ['T0106', 'fee'], ['T0100', 'fee'], ['T0403', 'payout'], ['T0200', 'other'], ['', 'other'],
  ])('by the code %s is a %s', (code, kind) => {
    expect(kindOf(code)).toBe(kind);
  });

  it('tells the amount and what PayPal took of it', () => {
    const transaction = { transactionId: 'CAPTURE1', transactionAmount: { currencyCode: 'USD', value: '29.99' }, feeAmount: { currencyCode: 'USD', value: '-1.54' }, transactionInitiationDate: '2026-01-31T09:00:00+0000' };
    expect(movementOf(transaction, { kind: 'payment', charge: 'ORDER1', source: 'ORDER1' })).toEqual({
      reference: 'CAPTURE1', kind: 'payment', charge: 'ORDER1', source: 'ORDER1', amountMinor: 2999n, feeMinor: 154n, currency: 'USD', occurredAt: new Date('2026-01-31T09:00:00Z'),
    });
  });

  it('names the currency of a fee that is taken in another', () => {
    const transaction = { transactionId: 'CAPTURE1', transactionAmount: { currencyCode: 'EUR', value: '10.00' }, feeAmount: { currencyCode: 'USD', value: '-0.50' }, transactionInitiationDate: '2026-01-31T09:00:00Z' };
    expect(movementOf(transaction, { kind: 'payment', charge: null, source: 'CAPTURE1' })).toMatchObject({ feeMinor: 50n, feeCurrency: 'USD' });
  });
});
