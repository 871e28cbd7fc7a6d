import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftLine, LineKind } from '../invoice';
import type { Tax } from '../tax';
import { totalsOf } from '../totals';
import type { CreditedLine, WantedCredit } from './credit-note';
import { creditable, decideCredit } from './decide-credit';

const name = { en: 'VAT', zh: '增值税' };
const vat = (percentage: string, inclusive = false): Tax => ({ treatment: 'standard', inclusive, rates: [{ category: '', name, percentage }, { category: 'reduced', name, percentage: '7' }] });
const draft = (kind: LineKind, amountMinor: bigint, taxCategory = ''): DraftLine => ({ kind, description: name, quantity: 1n, unitAmount: '0', amountMinor, taxCategory });

/** The lines of an invoice as they are issued. */
function issued(drafts: DraftLine[], tax: Tax, currency = 'EUR', availableMinor = 0n) {
  return totalsOf(drafts, tax, currency, availableMinor).lines.map((line, index) => ({ ...line, id: `line_${index}`, position: index + 1 }));
}

const sum = (lines: readonly CreditedLine[], of: 'netMinor' | 'taxMinor') => lines.reduce((total, line) => total + line[of], 0n);
const gross = (lines: readonly CreditedLine[]) => sum(lines, 'netMinor') + sum(lines, 'taxMinor');

describe('what a credit note takes back', () => {
  const lines = issued([draft('subscription', 10_000n), draft('usage', 5000n), draft('discount', -1500n)], vat('19'), 'EUR', 500n);

  it('is all that was sold when the whole is credited, discounts too, but neither tax nor credit lines', () => {
    const whole = decideCredit(creditable(lines, []), { scope: 'whole' });
    expect(whole).toEqual([
      { position: 1, netMinor: 10_000n, taxMinor: 1900n },
      { position: 2, netMinor: 5000n, taxMinor: 950n },
      { position: 3, netMinor: -1500n, taxMinor: -285n },
    ]);
    expect(() => decideCredit(creditable(lines, whole), { scope: 'whole' })).toThrow(expect.objectContaining({ code: 'credit_exceeds_invoice' }));
  });

  it('is shared out over the lines when an amount is credited, tax with what bears it', () => {
    // 16.07 of 160.65: tax 25.65 × 16.07 / 160.65 = 2.57, net 13.50. The tax of each line is 1.9037, 0.9519 and −0.2856,
    // rounded down 1.90, 0.95 and −0.29; the cent left over goes to the largest remainder, the third.
    const part = decideCredit(creditable(lines, []), { scope: 'amount', amountMinor: 1607n });
    expect(part.map(({ netMinor, taxMinor }) => [netMinor, taxMinor])).toEqual([[1000n, 190n], [500n, 95n], [-150n, -28n]]);
  });

  it('is all that is left of a line, or the part of it that is asked for', () => {
    const first = decideCredit(creditable(lines, []), { scope: 'lines', lines: [{ position: 2, amountMinor: 1190n }] });
    expect(first).toEqual([{ position: 2, netMinor: 1000n, taxMinor: 190n }]);
    expect(decideCredit(creditable(lines, first), { scope: 'lines', lines: [{ position: 2 }] })).toEqual([{ position: 2, netMinor: 4000n, taxMinor: 760n }]);
  });

  it.each<[string, WantedCredit, string]>([
    ['more than the whole', { scope: 'amount', amountMinor: 16_066n }, 'credit_exceeds_invoice'],
    ['more than a line', { scope: 'lines', lines: [{ position: 2, amountMinor: 5951n }] }, 'credit_exceeds_invoice'],
    ['a discount', { scope: 'lines', lines: [{ position: 3 }] }, 'credit_exceeds_invoice'],
    ['every line but the discount', { scope: 'lines', lines: [{ position: 1 }, { position: 2 }] }, 'credit_exceeds_invoice'],
    ['the tax line', { scope: 'lines', lines: [{ position: 4 }] }, 'invalid_request'],
    ['a line that is not there', { scope: 'lines', lines: [{ position: 9 }] }, 'invalid_request'],
    ['a line twice', { scope: 'lines', lines: [{ position: 1, amountMinor: 1n }, { position: 1, amountMinor: 1n }] }, 'invalid_request'],
  ])('is refused for %s', (_, wanted, code) => {
    expect(() => decideCredit(creditable(lines, []), wanted)).toThrow(expect.objectContaining({ code }));
  });

  it('is never more than was billed, of no line and in all, whatever is credited in whatever order', () => {
    const drafts = fc.array(fc.record({ kind: fc.constantFrom<LineKind>('subscription', 'usage', 'addon'), amount: fc.bigInt({ min: 0n, max: 10n ** 6n }), category: fc.constantFrom('', 'reduced') }), { minLength: 1, maxLength: 8 });
    const discount = fc.bigInt({ min: -(10n ** 4n), max: 0n });
    const wanted = fc.oneof(
      fc.constant({ scope: 'whole' as const }),
      fc.bigInt({ min: 1n, max: 10n ** 6n }).map((amountMinor) => ({ scope: 'amount' as const, amountMinor })),
      fc.uniqueArray(fc.record({ position: fc.integer({ min: 1, max: 9 }), amountMinor: fc.option(fc.bigInt({ min: 1n, max: 10n ** 6n }), { nil: undefined }) }), { selector: ({ position }) => position, minLength: 1, maxLength: 3 })
        .map((lines) => ({ scope: 'lines' as const, lines })),
    );
    fc.assert(
      fc.property(drafts, discount, fc.integer({ min: 0, max: 300_000 }), fc.boolean(), fc.array(wanted, { maxLength: 8 }), (sold, off, rate, inclusive, credits) => {
        const all = [...sold.map(({ kind, amount, category }) => draft(kind, amount, category)), draft('discount', off), draft('setup_fee', 10n ** 4n)];
        const invoice = issued(all, vat((rate / 10_000).toFixed(4), inclusive));
        const billed = creditable(invoice, []);
        let credited: CreditedLine[] = [];
        for (const credit of credits) {
          const rest = creditable(invoice, credited);
          let note: CreditedLine[];
          try {
            note = decideCredit(rest, credit);
          } catch {
            continue;
          }
          if (credit.scope === 'whole') expect(gross(note)).toBe(gross(rest));
          if (credit.scope === 'amount') expect(gross(note)).toBe(credit.amountMinor);
          credited = [...credited, ...note];
        }
        for (const line of billed) {
          const taken = credited.filter(({ position }) => position === line.position);
          for (const of of ['netMinor', 'taxMinor'] as const) {
            const [low, high] = line[of] < 0n ? [line[of], 0n] : [0n, line[of]];
            expect(sum(taken, of) >= low && sum(taken, of) <= high).toBe(true);
          }
        }
        for (const of of ['netMinor', 'taxMinor'] as const) expect(sum(credited, of) <= sum(billed, of)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('bears tax in proportion, to the minor unit', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 }), fc.bigInt({ min: 1n, max: 10n ** 9n }), (amounts, asked) => {
        const invoice = issued(amounts.map((amount) => draft('usage', amount)), vat('19'));
        const rest = creditable(invoice, []);
        const amountMinor = asked % gross(rest) + 1n;
        const note = decideCredit(rest, { scope: 'amount', amountMinor });
        const distance = sum(note, 'taxMinor') * gross(rest) - sum(rest, 'taxMinor') * amountMinor;
        expect(distance * 2n <= gross(rest) && distance * -2n <= gross(rest)).toBe(true);
      }),
    );
  });
});
