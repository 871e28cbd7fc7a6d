import { DomainError } from '@/lib/core/errors';
import { fractionOfEach } from '../money/fraction-of-each';
import { Exact, toMajor } from '../money/money';
import { sellsCredit, type DraftLine, type TaxedLine, type Totals } from './invoice';
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

/** What prepaid credit pays. */
function creditLine(amountMinor: bigint, currency: string): TaxedLine {
  return withoutTax({ kind: 'credit', description: { en: 'Prepaid credit', zh: '预付余额' }, quantity: 1n, unitAmount: toMajor(-amountMinor, currency), amountMinor: -amountMinor });
}

/** Prepaid credit is a voucher for many purposes: what it is spent on is taxed, and it is not (Directive 2006/112/EC, article 30b). */
function rateOfLine(tax: Tax, { kind, taxCategory }: DraftLine): AppliedRate | undefined {
  return kind === 'prepaid_credit' ? undefined : rateFor(tax, taxCategory);
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
 * include tax, the tax is taken out of them, so that subtotal + tax is exactly what the prices say. Of the credit in minor
 * units that is there, so much pays the invoice as it takes; that lowers no tax, and credit cannot buy credit. Pure: a
 * preview that calls this shows what `issueInvoice` charges.
 * Throws `invoice_total_negative` when more is taken off than charged.
 */
export function totalsOf(drafts: readonly DraftLine[], tax: Tax, currency: string, availableMinor = 0n): TotalledLines {
  const rateOf = drafts.map((line) => rateOfLine(tax, line));
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
  const grossMinor = subtotalMinor + taxMinor;
  if (grossMinor < 0n) throw new DomainError('invoice_total_negative');
  const payableMinor = sellsCredit(drafts) ? 0n : grossMinor;
  const creditMinor = availableMinor < payableMinor ? availableMinor : payableMinor;
  const credits = creditMinor > 0n ? [creditLine(creditMinor, currency)] : [];
  return { lines: [...sold, ...taxLines, ...credits], subtotalMinor, taxMinor, creditMinor, totalMinor: grossMinor - creditMinor };
}
