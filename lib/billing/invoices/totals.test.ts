import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftLine, LineKind } from './invoice';
import { noTax, type Tax } from './tax';
import { totalsOf } from './totals';

const line = (kind: LineKind, amountMinor: bigint): DraftLine => ({ kind, description: { en: kind, zh: kind }, quantity: 1n, unitAmount: '0', amountMinor });
const vat = (percentage: string): Tax => ({ treatment: 'standard', name: { en: 'VAT', zh: '增值税' }, percentage });

describe('the totals of an invoice', () => {
  it('tax what is sold after discounts, and pay with credit after tax', () => {
    const result = totalsOf([line('credit', -1000n), line('subscription', 10_000n), line('discount', -1000n)], vat('19'), 'EUR');
    expect(result).toMatchObject({ subtotalMinor: 9000n, taxMinor: 1710n, creditMinor: 1000n, totalMinor: 9710n });
    expect(result.lines.map(({ kind }) => kind)).toEqual(['subscription', 'discount', 'tax', 'credit']);
  });

  it.each([
    ['8.875', 'USD', 1000n, 89n],
    ['0.5', 'USD', 100n, 1n],
    ['0.49', 'USD', 100n, 0n],
    ['10', 'JPY', 2995n, 300n],
    ['5', 'KWD', 1110n, 56n],
  ])('round %s%% of %s once, half away from zero', (percentage, currency, amount, tax) => {
    expect(totalsOf([line('subscription', amount)], vat(percentage), currency).taxMinor).toBe(tax);
  });

  it('name the rate in both languages', () => {
    expect(totalsOf([line('subscription', 100n)], vat('19.0000'), 'EUR').lines[1]?.description).toEqual({ en: 'VAT 19%', zh: '增值税 19%' });
  });

  it('show a reverse charge as a tax line of zero, and no line where no tax is due', () => {
    const reverse: Tax = { treatment: 'reverse_charge', name: { en: 'VAT (reverse charge)', zh: '增值税（反向征收）' }, percentage: '0' };
    expect(totalsOf([line('subscription', 100n)], reverse, 'EUR').lines[1]).toMatchObject({ kind: 'tax', amountMinor: 0n });
    expect(totalsOf([line('subscription', 100n)], noTax, 'EUR').lines).toHaveLength(1);
  });

  it('are never negative', () => {
    expect(() => totalsOf([line('subscription', 100n), line('proration', -101n)], noTax, 'USD')).toThrow(
      expect.objectContaining({ code: 'invoice_total_negative' }),
    );
  });

  it('are the sum of the lines, whatever the lines, the rate and the currency', () => {
    const charges = fc.array(fc.record({ kind: fc.constantFrom<LineKind>('subscription', 'usage', 'addon', 'setup_fee'), amount: fc.bigInt({ min: 0n, max: 10n ** 15n }) }));
    const takenOff = fc.array(fc.record({ kind: fc.constantFrom<LineKind>('discount', 'proration', 'credit'), amount: fc.bigInt({ min: -(10n ** 6n), max: 0n }) }), { maxLength: 3 });
    const rates = fc.integer({ min: 0, max: 300_000 }).map((rate) => vat((rate / 10_000).toFixed(4)));
    fc.assert(
      fc.property(charges, takenOff, rates, fc.constantFrom('USD', 'JPY', 'KWD'), (sold, less, tax, currency) => {
        const drafts = [...less, ...sold, { kind: 'subscription' as const, amount: 10n ** 8n }].map(({ kind, amount }) => line(kind, amount));
        const { lines, ...totals } = totalsOf(drafts, tax, currency);
        const sum = (kinds: (kind: LineKind) => boolean) => lines.filter(({ kind }) => kinds(kind)).reduce((total, { amountMinor }) => total + amountMinor, 0n);
        expect(totals.totalMinor).toBe(sum(() => true));
        expect(totals.totalMinor).toBe(totals.subtotalMinor + totals.taxMinor - totals.creditMinor);
        expect(totals.taxMinor).toBe(sum((kind) => kind === 'tax'));
        expect(totals.creditMinor).toBe(-sum((kind) => kind === 'credit'));
      }),
    );
  });
});
