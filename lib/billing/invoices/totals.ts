import { DomainError } from '@/lib/core/errors';
import { Exact, roundToMinor, toMajor } from '../money/money';
import type { DraftLine, Totals } from './invoice';
import type { Tax } from './tax';

export interface TotalledLines extends Totals {
  /** The lines in the order of the page: what is sold, then tax, then credit. */
  lines: DraftLine[];
}

function sum(lines: readonly DraftLine[]): bigint {
  return lines.reduce((total, line) => total + line.amountMinor, 0n);
}

function taxLine(subtotalMinor: bigint, tax: Tax, currency: string): DraftLine | undefined {
  if (tax.treatment === 'none') return undefined;
  const base = new Exact(toMajor(subtotalMinor, currency));
  const amountMinor = roundToMinor(base.times(tax.percentage).div(100), currency);
  const rate = tax.treatment === 'standard' ? ` ${new Exact(tax.percentage).toFixed()}%` : '';
  return {
    kind: 'tax',
    description: { en: tax.name.en + rate, zh: tax.name.zh + rate },
    quantity: 1n,
    unitAmount: toMajor(amountMinor, currency),
    amountMinor,
  };
}

/**
 * Adds tax to the lines and sums them: subtotal (everything but tax and credit) + tax − credit = total. Tax is counted
 * once on the subtotal and rounded once, half away from zero. Credit pays the invoice, so it lowers no tax. Pure: a
 * preview that calls this shows what `issueInvoice` charges.
 * Throws `invoice_total_negative` when more is taken off than charged.
 */
export function totalsOf(draftLines: readonly DraftLine[], tax: Tax, currency: string): TotalledLines {
  const sold = draftLines.filter((line) => line.kind !== 'credit' && line.kind !== 'tax');
  const credits = draftLines.filter((line) => line.kind === 'credit');
  const subtotalMinor = sum(sold);
  const taxed = taxLine(subtotalMinor, tax, currency);
  const taxMinor = taxed?.amountMinor ?? 0n;
  const creditMinor = -sum(credits);
  const totalMinor = subtotalMinor + taxMinor - creditMinor;
  if (totalMinor < 0n) throw new DomainError('invoice_total_negative');
  return { lines: [...sold, ...(taxed ? [taxed] : []), ...credits], subtotalMinor, taxMinor, creditMinor, totalMinor };
}
