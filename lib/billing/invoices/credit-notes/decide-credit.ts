import { DomainError } from '@/lib/core/errors';
import { fractionOfEach } from '../../money/fraction-of-each';
import { fraction } from '../../money/money';
import { isSold, type InvoiceLine } from '../invoice';
import type { CreditedLine, WantedCredit } from './credit-note';

const grossOf = ({ netMinor, taxMinor }: CreditedLine): bigint => netMinor + taxMinor;
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const netOf = (lines: readonly CreditedLine[]): bigint => sum(lines.map(({ netMinor }) => netMinor));
const taxOf = (lines: readonly CreditedLine[]): bigint => sum(lines.map(({ taxMinor }) => taxMinor));

function exceeds(message?: string): DomainError {
  return new DomainError('credit_exceeds_invoice', message);
}

/** What is left to credit of each line that was sold. */
export function creditable(lines: readonly InvoiceLine[], credited: readonly CreditedLine[]): CreditedLine[] {
  return lines.filter(isSold).map(({ position, netMinor, taxMinor }) => {
    const taken = credited.filter((line) => line.position === position);
    return { position, netMinor: netMinor - netOf(taken), taxMinor: taxMinor - taxOf(taken) };
  });
}

/** The part of each amount when `part` of their sum is taken; nothing where they sum to nothing. */
function shareOut(amounts: readonly bigint[], part: bigint): bigint[] {
  const whole = sum(amounts);
  return whole > 0n ? fractionOfEach(amounts, part, whole) : amounts.map(() => 0n);
}

/** An amount over all lines in proportion to what is left of them, its tax in proportion to the tax that is left. */
function ofAmount(rest: readonly CreditedLine[], amountMinor: bigint): CreditedLine[] {
  const tax = fraction(taxOf(rest), amountMinor, netOf(rest) + taxOf(rest));
  const nets = shareOut(rest.map(({ netMinor }) => netMinor), amountMinor - tax);
  const taxes = shareOut(rest.map(({ taxMinor }) => taxMinor), tax);
  return rest.map(({ position }, index) => ({ position, netMinor: nets[index] ?? 0n, taxMinor: taxes[index] ?? 0n }));
}

function ofLine(rest: readonly CreditedLine[], { position, amountMinor }: { position: number; amountMinor?: bigint | undefined }, index: number): CreditedLine {
  const line = rest.find((candidate) => candidate.position === position);
  const refuse = (field: string, message: string) => new DomainError('invalid_request', undefined, { issues: [{ field: `lines.${index}.${field}`, message }] });
  if (!line) throw refuse('position', 'No line that can be credited stands at this position.');
  const left = grossOf(line);
  if (left <= 0n) throw exceeds(`Nothing is left to credit of line ${position}.`);
  if (amountMinor === undefined) return line;
  if (amountMinor > left) throw exceeds(`Of line ${position}, ${left} minor units are left to credit.`);
  const taxMinor = fraction(line.taxMinor, amountMinor, left);
  return { position, netMinor: amountMinor - taxMinor, taxMinor };
}

/**
 * Which part of each line a credit note takes back, from what is left of the lines. Tax goes with what bears it, in
 * proportion. A note never takes more than is left, of no line and in all: neither of the net nor of the tax. Pure.
 * Throws `credit_exceeds_invoice`, and `invalid_request` for a line that is not there or is named twice.
 */
export function decideCredit(rest: readonly CreditedLine[], wanted: WantedCredit): CreditedLine[] {
  const left = sum(rest.map(grossOf));
  if (left <= 0n) throw exceeds('Nothing is left to credit of this invoice.');
  if (wanted.scope === 'amount' && wanted.amountMinor > left) throw exceeds(`Of this invoice, ${left} minor units are left to credit.`);
  if (wanted.scope === 'lines' && new Set(wanted.lines.map(({ position }) => position)).size < wanted.lines.length) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'lines', message: 'Name each line once.' }] });
  }

  const decided =
    wanted.scope === 'whole' ? rest : wanted.scope === 'amount' ? ofAmount(rest, wanted.amountMinor) : wanted.lines.map((line, index) => ofLine(rest, line, index));
  // Lines that are credited without the discount beside them may come to more than is left in all.
  if (netOf(decided) > netOf(rest) || taxOf(decided) > taxOf(rest)) throw exceeds();
  return decided.filter(({ netMinor, taxMinor }) => netMinor !== 0n || taxMinor !== 0n);
}
