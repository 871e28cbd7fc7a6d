import { describe, expect, it } from 'vitest';
import { creditable, decideCredit } from './credit-notes/decide-credit';
import type { CreditedLine, WantedCredit } from './credit-notes/credit-note';
import type { DraftLine, LineKind } from './invoice';
import type { Tax } from './tax';
import { totalsOf } from './totals';

const name = { en: 'VAT', zh: '增值税' };
const line = (amountMinor: bigint, kind: LineKind = 'subscription', taxCategory = ''): DraftLine => ({ kind, description: name, quantity: 1n, unitAmount: '0', amountMinor, taxCategory });
const rate = (percentage: string, category = '') => ({ category, name, percentage });
const added = (...rates: ReturnType<typeof rate>[]): Tax => ({ treatment: 'standard', inclusive: false, rates });
const included = (...rates: ReturnType<typeof rate>[]): Tax => ({ treatment: 'standard', inclusive: true, rates });
const untaxed: Tax = { treatment: 'none', inclusive: false, rates: [] };
const reversed: Tax = { treatment: 'reverse_charge', inclusive: false, rates: [rate('0')] };

interface Example {
  what: string;
  currency: string;
  tax: Tax;
  lines: DraftLine[];
  /** Prepaid credit that is there. */
  available?: bigint;
  /** Subtotal, tax, credit, total. */
  totals: [bigint, bigint, bigint, bigint];
  /** Tax of each line that was sold. */
  taxes?: bigint[];
}

/** The arithmetic stands above each example, in major units. */
const examples: Example[] = [
  // 29.99 × 19 % = 5.6981 → 5.70; 29.99 + 5.70 = 35.69
  { what: 'tax added to one price', currency: 'EUR', tax: added(rate('19')), lines: [line(2999n)], totals: [2999n, 570n, 0n, 3569n] },
  // 29.99 × 8.875 % = 2.6616125 → 2.66
  { what: 'a rate of three decimals', currency: 'USD', tax: added(rate('8.875')), lines: [line(2999n)], totals: [2999n, 266n, 0n, 3265n] },
  // 0.10 × 5 % = 0.005 → 0.01, halves away from zero
  { what: 'half a cent of tax', currency: 'USD', tax: added(rate('5')), lines: [line(10n)], totals: [10n, 1n, 0n, 11n] },
  // 0.09 × 5 % = 0.0045 → 0.00
  { what: 'less than half a cent of tax', currency: 'USD', tax: added(rate('5')), lines: [line(9n)], totals: [9n, 0n, 0n, 9n] },
  // Three lines of 0.33 at 10 %: 0.99 × 10 % = 0.099 → 0.10, not 3 × 0.03 = 0.09. Each has 0.033: 0.03, and the first the cent left over.
  { what: 'tax rounded once on all lines', currency: 'EUR', tax: added(rate('10')), lines: [line(33n), line(33n), line(33n)], totals: [99n, 10n, 0n, 109n], taxes: [4n, 3n, 3n] },
  // (100 − 15) × 19 % = 16.15; of the lines 19.00 and −2.85
  { what: 'a discount before tax', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n), line(-1500n, 'discount')], totals: [8500n, 1615n, 0n, 10_115n], taxes: [1900n, -285n] },
  // 100 + 19 − 50 credit = 69: credit pays after tax and lowers none
  { what: 'credit after tax', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n)], available: 5000n, totals: [10_000n, 1900n, 5000n, 6900n] },
  // Credit of all: 119 − 119 = 0, whatever more there is
  { what: 'credit that pays all', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n)], available: 50_000n, totals: [10_000n, 1900n, 11_900n, 0n] },
  // Upgrade: 66.66 − 19.99 unused = 46.67; × 20 % = 9.334 → 9.33; of the lines 13.332 and −3.998: 13.33 and −4.00
  { what: 'a proration with the unused rest taken off', currency: 'EUR', tax: added(rate('20')), lines: [line(6666n, 'proration'), line(-1999n, 'proration')], totals: [4667n, 933n, 0n, 5600n], taxes: [1333n, -400n] },
  // 2 999 yen × 10 % = 299.9 → 300: yen have no decimals
  { what: 'a currency without decimals', currency: 'JPY', tax: added(rate('10')), lines: [line(2999n)], totals: [2999n, 300n, 0n, 3299n] },
  // 5 yen × 10 % = 0.5 → 1
  { what: 'half a yen', currency: 'JPY', tax: added(rate('10')), lines: [line(5n)], totals: [5n, 1n, 0n, 6n] },
  // 9.875 dinars × 5 % = 0.49375 → 0.494
  { what: 'a currency of three decimals', currency: 'KWD', tax: added(rate('5')), lines: [line(9875n)], totals: [9875n, 494n, 0n, 10_369n] },
  // 0.010 × 5 % = 0.0005 → 0.001
  { what: 'half a fils', currency: 'KWD', tax: added(rate('5')), lines: [line(10n)], totals: [10n, 1n, 0n, 11n] },
  // 119.00 holds 119 × 19 / 119 = 19.00
  { what: 'tax held in a price', currency: 'EUR', tax: included(rate('19')), lines: [line(11_900n)], totals: [10_000n, 1900n, 0n, 11_900n] },
  // 29.99 holds 29.99 × 19 / 119 = 4.7883 → 4.79; net 25.20; the total is the price
  { what: 'tax held in a price that does not divide', currency: 'EUR', tax: included(rate('19')), lines: [line(2999n)], totals: [2520n, 479n, 0n, 2999n] },
  // Three prices of 9.99 hold 29.97 × 19 / 119 = 4.7851 → 4.79; each 1.5950: 1.59, and the first two a cent more
  { what: 'tax held in several prices', currency: 'EUR', tax: included(rate('19')), lines: [line(999n), line(999n), line(999n)], totals: [2518n, 479n, 0n, 2997n], taxes: [160n, 160n, 159n] },
  // 1 100 yen hold 1 100 × 10 / 110 = 100
  { what: 'tax held in yen', currency: 'JPY', tax: included(rate('10')), lines: [line(1100n)], totals: [1000n, 100n, 0n, 1100n] },
  // 1 000 yen hold 1 000 × 10 / 110 = 90.909 → 91
  { what: 'tax held in yen that does not divide', currency: 'JPY', tax: included(rate('10')), lines: [line(1000n)], totals: [909n, 91n, 0n, 1000n] },
  // 10.500 dinars hold 10.5 × 5 / 105 = 0.500
  { what: 'tax held in dinars', currency: 'KWD', tax: included(rate('5')), lines: [line(10_500n)], totals: [10_000n, 500n, 0n, 10_500n] },
  // (119.00 − 11.90) holds 107.10 × 19 / 119 = 17.10
  { what: 'a discount where prices hold tax', currency: 'EUR', tax: included(rate('19')), lines: [line(11_900n), line(-1190n, 'discount')], totals: [9000n, 1710n, 0n, 10_710n], taxes: [1900n, -190n] },
  // 106.00 holds 106 × 6 / 106 = 6.00; less 6.00 of credit
  { what: 'tax held in a price, and credit', currency: 'CNY', tax: included(rate('6')), lines: [line(10_600n)], available: 600n, totals: [10_000n, 600n, 600n, 10_000n] },
  // 100 × 19 % + 50 × 7 % = 19.00 + 3.50
  { what: 'two rates', currency: 'EUR', tax: added(rate('19'), rate('7', 'reduced')), lines: [line(10_000n), line(5000n, 'addon', 'reduced')], totals: [15_000n, 2250n, 0n, 17_250n], taxes: [1900n, 350n] },
  // Rounded once a rate: 0.15 × 19 % = 0.0285 → 0.03; 0.15 × 7 % = 0.0105 → 0.01
  { what: 'two rates, each rounded once', currency: 'EUR', tax: added(rate('19'), rate('7', 'reduced')), lines: [line(15n), line(15n, 'addon', 'reduced')], totals: [30n, 4n, 0n, 34n] },
  // 119 holds 19; 107 holds 107 × 7 / 107 = 7
  { what: 'two rates held in prices', currency: 'EUR', tax: included(rate('19'), rate('7', 'reduced')), lines: [line(11_900n), line(10_700n, 'addon', 'reduced')], totals: [20_000n, 2600n, 0n, 22_600n] },
  // A category of 0 % beside 19 %: 19.00 + 0
  { what: 'something exempt beside something taxed', currency: 'EUR', tax: added(rate('19'), rate('0', 'exempt')), lines: [line(10_000n), line(3000n, 'addon', 'exempt')], totals: [13_000n, 1900n, 0n, 14_900n], taxes: [1900n, 0n] },
  // The customer owes the VAT: 29.99 + 0
  { what: 'reverse charge', currency: 'EUR', tax: reversed, lines: [line(2999n)], totals: [2999n, 0n, 0n, 2999n] },
  { what: 'no rate at the place', currency: 'USD', tax: untaxed, lines: [line(2999n), line(1n, 'usage')], totals: [3000n, 0n, 0n, 3000n] },
  // 0.01 − 0.01 = 0, and 19 % of nothing; the lines hold 0.0019 and −0.0019
  { what: 'nothing to pay', currency: 'EUR', tax: added(rate('19')), lines: [line(1n), line(-1n, 'discount')], totals: [0n, 0n, 0n, 0n] },
  // 90 071 992 547 409.93 × 19 % = 17 113 678 584 007.8867 → .89, beyond what a float can count
  { what: 'an amount beyond 2^53', currency: 'EUR', tax: added(rate('19')), lines: [line(9_007_199_254_740_993n)], totals: [9_007_199_254_740_993n, 1_711_367_858_400_789n, 0n, 10_718_567_113_141_782n] },
];

describe('worked examples of tax and totals', () => {
  it.each(examples)('$what in $currency', ({ currency, tax, lines: drafts, available, totals, taxes }) => {
    const { lines, ...sums } = totalsOf(drafts, tax, currency, available);
    expect([sums.subtotalMinor, sums.taxMinor, sums.creditMinor, sums.totalMinor]).toEqual(totals);
    if (taxes) expect(lines.slice(0, taxes.length).map(({ taxMinor }) => taxMinor)).toEqual(taxes);
  });
});

interface CreditExample {
  what: string;
  currency: string;
  tax: Tax;
  lines: DraftLine[];
  credits: WantedCredit[];
  /** Net and tax of each line that the last of the credits takes back, by position. */
  last: [number, bigint, bigint][];
}

const creditExamples: CreditExample[] = [
  // 11.90 of 119.00: tax 19.00 × 11.90 / 119.00 = 1.90
  { what: 'a tenth of one line', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n)], credits: [{ scope: 'amount', amountMinor: 1190n }], last: [[1, 1000n, 190n]] },
  // 10.00 of 119.00: tax 19 × 10 / 119 = 1.5966 → 1.60
  { what: 'an amount that does not divide', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n)], credits: [{ scope: 'amount', amountMinor: 1000n }], last: [[1, 840n, 160n]] },
  // 1 of 3 299 yen: tax 300 × 1 / 3 299 = 0.09 → 0
  { what: 'one yen', currency: 'JPY', tax: added(rate('10')), lines: [line(2999n)], credits: [{ scope: 'amount', amountMinor: 1n }], last: [[1, 1n, 0n]] },
  // 10.00 of 35.70 over 20.00 and 10.00: tax 5.70 × 10 / 35.70 = 1.5966 → 1.60; net 8.40: 5.60 and 2.80; tax 1.0667 and 0.5333: 1.07 and 0.53
  { what: 'an amount over two lines', currency: 'EUR', tax: added(rate('19')), lines: [line(2000n), line(1000n, 'usage')], credits: [{ scope: 'amount', amountMinor: 1000n }], last: [[1, 560n, 107n], [2, 280n, 53n]] },
  // First 11.90 of 23.80; then what is left: net 20 − 10, tax 3.80 − 1.90
  { what: 'the rest after a part', currency: 'EUR', tax: added(rate('19')), lines: [line(2000n)], credits: [{ scope: 'amount', amountMinor: 1190n }, { scope: 'whole' }], last: [[1, 1000n, 190n]] },
  // Three thirds of 0.10 + 0.02: 0.04 each; tax 0.02 × 4 / 12 = 0.0067 → 0.01, then 0.01 × 4 / 8 = 0.005 → 0.01, then none is left: 0
  { what: 'thirds, whose last takes what is left', currency: 'EUR', tax: added(rate('20')), lines: [line(10n)], credits: [{ scope: 'amount', amountMinor: 4n }, { scope: 'amount', amountMinor: 4n }, { scope: 'amount', amountMinor: 4n }], last: [[1, 4n, 0n]] },
  // Line 2 alone, at its own rate: 50.00 + 3.50
  { what: 'a line at a reduced rate', currency: 'EUR', tax: added(rate('19'), rate('7', 'reduced')), lines: [line(10_000n), line(5000n, 'addon', 'reduced')], credits: [{ scope: 'lines', lines: [{ position: 2 }] }], last: [[2, 5000n, 350n]] },
  // 10.70 of line 2: tax 3.50 × 10.70 / 53.50 = 0.70
  { what: 'a part of a line', currency: 'EUR', tax: added(rate('19'), rate('7', 'reduced')), lines: [line(10_000n), line(5000n, 'addon', 'reduced')], credits: [{ scope: 'lines', lines: [{ position: 2, amountMinor: 1070n }] }], last: [[2, 1000n, 70n]] },
  // Prices hold tax: half of 119.00 is 59.50, with 9.50 of tax
  { what: 'half of a price that holds tax', currency: 'EUR', tax: included(rate('19')), lines: [line(11_900n)], credits: [{ scope: 'amount', amountMinor: 5950n }], last: [[1, 5000n, 950n]] },
  // 5.000 of 10.500 dinars: tax 0.500 × 5 / 10.5 = 0.238095 → 0.238
  { what: 'dinars', currency: 'KWD', tax: included(rate('5')), lines: [line(10_500n)], credits: [{ scope: 'amount', amountMinor: 5000n }], last: [[1, 4762n, 238n]] },
  // The whole takes the discount back too: 100 + 19 and −15 − 2.85
  { what: 'the whole with a discount', currency: 'EUR', tax: added(rate('19')), lines: [line(10_000n), line(-1500n, 'discount')], credits: [{ scope: 'whole' }], last: [[1, 10_000n, 1900n], [2, -1500n, -285n]] },
  // Nothing of the tax, for none was charged
  { what: 'a reverse charge', currency: 'EUR', tax: reversed, lines: [line(10_000n)], credits: [{ scope: 'amount', amountMinor: 3333n }], last: [[1, 3333n, 0n]] },
];

describe('worked examples of credit notes', () => {
  it.each(creditExamples)('$what', ({ currency, tax, lines: drafts, credits, last }) => {
    const lines = totalsOf(drafts, tax, currency).lines.map((one, index) => ({ ...one, id: `line_${index}`, position: index + 1 }));
    let credited: CreditedLine[] = [];
    let note: CreditedLine[] = [];
    for (const wanted of credits) {
      note = decideCredit(creditable(lines, credited), wanted);
      credited = [...credited, ...note];
    }
    expect(note.map(({ position, netMinor, taxMinor }) => [position, netMinor, taxMinor])).toEqual(last);
  });
});
