import { DomainError } from '@/lib/core/errors';
import { fractionOfEach } from '../money/fraction-of-each';
import { Exact, toMajor } from '../money/money';
import { isSold, type DraftLine, type TaxedLine, type Totals } from './invoice';
import { rateFor, type AppliedRate, type Tax } from './tax';

export interface TotalledLines extends Totals {
  /** The lines in the order of the page: what is sold, then tax, then credit. */
  lines: TaxedLine[];
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** Percentages have at most four decimals. */
const wholeShare = 1_000_000n;

function shareOf(percentage: string): bigint {
  return BigInt(new Exact(percentage).times(10_000).toFixed(0));
}

/** The tax of each line at one rate: counted once on all of them together, rounded once, and shared out without loss. */
function taxOfEach(lines: readonly DraftLine[], rate: AppliedRate, inclusive: boolean): bigint[] {
  const share = shareOf(rate.percentage);
  return fractionOfEach(lines.map(({ amountMinor }) => amountMinor), share, inclusive ? wholeShare + share : wholeShare);
}

function withoutTax(line: DraftLine): TaxedLine {
  return { ...line, netMinor: line.amountMinor, taxMinor: 0n, taxPercentage: null };
}

function taxLine(rate: AppliedRate, amountMinor: bigint, tax: Tax, currency: string): TaxedLine {
  const percentage = new Exact(rate.percentage).toFixed();
  const suffix = tax.treatment === 'standard' ? ` ${percentage}%` : '';
  return {
    kind: 'tax',
    description: { en: rate.name.en + suffix, zh: rate.name.zh + suffix },
    quantity: 1n,
    unitAmount: toMajor(amountMinor, currency),
    amountMinor,
    netMinor: amountMinor,
    taxMinor: 0n,
    taxPercentage: percentage,
  };
}

/**
 * Adds tax to the lines and sums them: subtotal (what is sold, without tax) + tax − credit = total. Tax is counted once
 * a rate on all that bears it and rounded once, half away from zero; each line holds its share of it. Where prices
 * include tax, the tax is taken out of them, so that subtotal + tax is exactly what the prices say. Credit pays the
 * invoice, so it lowers no tax. Pure: a preview that calls this shows what `issueInvoice` charges.
 * Throws `invoice_total_negative` when more is taken off than charged.
 */
export function totalsOf(draftLines: readonly DraftLine[], tax: Tax, currency: string): TotalledLines {
  const drafts = draftLines.filter(isSold);
  const credits = draftLines.filter((line) => line.kind === 'credit').map(withoutTax);
  const rateOf = drafts.map((line) => rateFor(tax, line.taxCategory));
  const rates = [...new Set(rateOf.filter((rate) => rate !== undefined))];

  const sold = drafts.map(withoutTax);
  const taxLines = rates.map((rate) => {
    const places = drafts.flatMap((_, index) => (rateOf[index] === rate ? [index] : []));
    const taxes = taxOfEach(places.map((index) => drafts[index] as DraftLine), rate, tax.inclusive);
    for (const [turn, index] of places.entries()) {
      const line = sold[index] as TaxedLine;
      const taxMinor = taxes[turn] ?? 0n;
      sold[index] = { ...line, netMinor: tax.inclusive ? line.amountMinor - taxMinor : line.amountMinor, taxMinor, taxPercentage: new Exact(rate.percentage).toFixed() };
    }
    return taxLine(rate, sum(taxes), tax, currency);
  });

  const subtotalMinor = sum(sold.map(({ netMinor }) => netMinor));
  const taxMinor = sum(taxLines.map(({ amountMinor }) => amountMinor));
  const creditMinor = -sum(credits.map(({ amountMinor }) => amountMinor));
  const totalMinor = subtotalMinor + taxMinor - creditMinor;
  if (totalMinor < 0n) throw new DomainError('invoice_total_negative');
  return { lines: [...sold, ...taxLines, ...credits], subtotalMinor, taxMinor, creditMinor, totalMinor };
}
