import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftLine, LineKind } from './invoice';
import { noTax, type Tax } from './tax';
import { totalsOf } from './totals';

const line = (kind: LineKind, amountMinor: bigint): DraftLine => ({ kind, description: { en: kind, zh: kind }, quantity: 1n, unitAmount: '0', amountMinor });
const vat = (percentage: string, inclusive = false): Tax => ({ treatment: 'standard', inclusive, rates: [{ category: '', name: { en: 'VAT', zh: '增值税' }, percentage }] });

describe('the totals of an invoice', () => {
  it('tax what is sold after discounts, and pay with credit after tax', () => {
    const result = totalsOf([line('subscription', 10_000n), line('discount', -1000n)], vat('19'), 'EUR', 1000n);
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
    const reverse: Tax = { treatment: 'reverse_charge', inclusive: false, rates: [{ category: '', name: { en: 'VAT (reverse charge)', zh: '增值税（反向征收）' }, percentage: '0' }] };
    expect(totalsOf([line('subscription', 100n)], reverse, 'EUR').lines[1]).toMatchObject({ kind: 'tax', amountMinor: 0n });
    expect(totalsOf([line('subscription', 100n)], noTax, 'EUR').lines).toHaveLength(1);
  });

  it('are never negative', () => {
    expect(() => totalsOf([line('subscription', 100n), line('proration', -101n)], noTax, 'USD')).toThrow(
      expect.objectContaining({ code: 'invoice_total_negative' }),
    );
  });

  it('are what the prices say where prices include tax', () => {
    const result = totalsOf([line('subscription', 11_900n), line('discount', -1190n)], vat('19', true), 'EUR');
    expect(result).toMatchObject({ subtotalMinor: 9000n, taxMinor: 1710n, totalMinor: 10_710n });
    expect(result.lines.map(({ amountMinor, netMinor, taxMinor }) => [amountMinor, netMinor, taxMinor])).toEqual([[11_900n, 10_000n, 1900n], [-1190n, -1000n, -190n], [1710n, 1710n, 0n]]);
  });

  it('hold a tax line for each rate, and leave untaxed what no rate is for', () => {
    const two: Tax = { treatment: 'standard', inclusive: false, rates: [{ category: 'full', name: { en: 'VAT', zh: '增值税' }, percentage: '19' }, { category: 'reduced', name: { en: 'VAT', zh: '增值税' }, percentage: '7' }] };
    const { lines, ...totals } = totalsOf([{ ...line('subscription', 1000n), taxCategory: 'full' }, { ...line('addon', 1000n), taxCategory: 'reduced' }, line('usage', 500n), { ...line('addon', 50n), taxCategory: 'full' }], two, 'EUR');
    expect(totals).toMatchObject({ subtotalMinor: 2550n, taxMinor: 270n, totalMinor: 2820n });
    expect(lines.filter(({ kind }) => kind === 'tax').map(({ description, amountMinor }) => [description.en, amountMinor])).toEqual([['VAT 19%', 200n], ['VAT 7%', 70n]]);
    expect(lines.slice(0, 4).map(({ taxMinor, taxPercentage }) => [taxMinor, taxPercentage])).toEqual([[190n, '19'], [70n, '7'], [0n, null], [10n, '19']]);
  });

  it('are the sum of the lines, whatever the lines, the rates and the currency, and whether prices include tax', () => {
    const amounts: Record<string, bigint> = { JPY: 10n ** 7n, USD: 10n ** 9n, KWD: 10n ** 10n };
    const category = fc.constantFrom('', 'reduced', 'free');
    const charges = fc.array(fc.record({ kind: fc.constantFrom<LineKind>('subscription', 'usage', 'addon', 'setup_fee'), amount: fc.bigInt({ min: 0n, max: 10n ** 15n }), category }));
    const takenOff = fc.array(fc.record({ kind: fc.constantFrom<LineKind>('discount', 'proration'), amount: fc.bigInt({ min: -(10n ** 6n), max: 0n }), category }), { maxLength: 3 });
    const percentage = fc.integer({ min: 0, max: 300_000 }).map((rate) => (rate / 10_000).toFixed(4));
    const taxes = fc.record({ inclusive: fc.boolean(), ordinary: percentage, reduced: percentage }).map(({ inclusive, ordinary, reduced }): Tax => {
      const name = { en: 'VAT', zh: '增值税' };
      return { treatment: 'standard', inclusive, rates: [{ category: '', name, percentage: ordinary }, { category: 'free', name, percentage: '0' }, { category: 'reduced', name, percentage: reduced }] };
    });
    fc.assert(
      fc.property(charges, takenOff, taxes, fc.constantFrom('USD', 'JPY', 'KWD'), fc.bigInt({ min: 0n, max: 10n ** 16n }), (sold, less, tax, currency, available) => {
        const base = { kind: 'subscription' as const, amount: amounts[currency]!, category: '' };
        const drafts = [...less, ...sold, base].map(({ kind, amount, category: taxCategory }) => ({ ...line(kind, amount), taxCategory }));
        const { lines, ...totals } = totalsOf(drafts, tax, currency, available);
        const of = (kinds: (kind: LineKind) => boolean) => lines.filter(({ kind }) => kinds(kind));
        const sum = (chosen: typeof lines, pick: (one: (typeof lines)[number]) => bigint) => chosen.reduce((total, one) => total + pick(one), 0n);
        const isSoldKind = (kind: LineKind) => kind !== 'tax' && kind !== 'credit';
        expect(totals.totalMinor).toBe(totals.subtotalMinor + totals.taxMinor - totals.creditMinor);
        expect(totals.subtotalMinor).toBe(sum(of(isSoldKind), ({ netMinor }) => netMinor));
        expect(totals.taxMinor).toBe(sum(of((kind) => kind === 'tax'), ({ amountMinor }) => amountMinor));
        expect(totals.taxMinor).toBe(sum(of(isSoldKind), ({ taxMinor }) => taxMinor));
        expect(totals.creditMinor).toBe(-sum(of((kind) => kind === 'credit'), ({ amountMinor }) => amountMinor));
        const gross = totals.subtotalMinor + totals.taxMinor;
        expect(totals.creditMinor).toBe(available < gross ? available : gross);
        for (const one of of(isSoldKind)) expect(one.amountMinor).toBe(tax.inclusive ? one.netMinor + one.taxMinor : one.netMinor);
        if (tax.inclusive) expect(totals.subtotalMinor + totals.taxMinor).toBe(sum(of(isSoldKind), ({ amountMinor }) => amountMinor));
      }),
    );
  });
});
