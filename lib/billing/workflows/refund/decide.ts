import { DomainError } from '@/lib/core/errors';
import type { InvoiceStatus } from '../../invoices/invoice';
import { fraction } from '../../money/money';
import { isLive, type Refund, type RefundDestination } from '../../payments/refunds/refund';
import type { GivenPayment } from '../../payments/refunds/store';

/** Of an invoice; amounts are minor units. */
export interface RefundFacts {
  status: InvoiceStatus;
  /** What was paid in money. */
  paidMinor: bigint;
  /** What prepaid credit still pays of it. */
  creditMinor: bigint;
  /** What credit notes gave back of the money. */
  owedBackMinor: bigint;
  /** Every refund of it. */
  refunds: readonly Pick<Refund, 'status' | 'cause' | 'amountMinor'>[];
  /** Its payments that went through. */
  payments: readonly GivenPayment[];
}

export interface DecidedRefund {
  amountMinor: bigint;
  /** What a credit note has to take back first, so that no money leaves without one; 0n where earlier notes did. */
  noteMinor: bigint;
  /** The payment it is taken from; null where it becomes credit. */
  payment: GivenPayment | null;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** What of an invoice was given back or is on its way. A surplus was never the invoice's. */
export function refundedOf(refunds: RefundFacts['refunds']): bigint {
  return sum(refunds.filter((refund) => refund.cause !== 'surplus' && isLive(refund)).map(({ amountMinor }) => amountMinor));
}

/** The credit note that so much money needs before it may leave, with what earlier notes gave back paid out first; 0n: none. Pure. */
export function noteFor({ paidMinor, creditMinor, owedBackMinor, refunds }: RefundFacts, amountMinor: bigint): bigint {
  const missing = amountMinor - (owedBackMinor - refundedOf(refunds));
  if (missing <= 0n) return 0n;
  // A note gives credit and money back in the proportion in which they paid: so it has to be the larger, the more credit did.
  const moneyMinor = paidMinor - owedBackMinor;
  if (creditMinor === 0n || moneyMinor <= 0n) return missing;
  const moneyIn = (note: bigint): bigint => note - fraction(creditMinor, note, creditMinor + moneyMinor);
  let note = (missing * (creditMinor + moneyMinor)) / moneyMinor;
  while (moneyIn(note) < missing) note += 1n;
  while (moneyIn(note - 1n) >= missing) note -= 1n;
  return note;
}

/**
 * What a refund gives back, from which payment, and which credit note it needs first. Without an amount: all that was paid
 * and is not given back. Money goes back to one payment, the one with the most left of it. Pure.
 * Throws `not_refundable` and `refund_exceeds_payment`.
 */
export function decideRefund(facts: RefundFacts, wanted: { amountMinor?: bigint | undefined; to: RefundDestination }): DecidedRefund {
  const { status, paidMinor, refunds, payments } = facts;
  if (status !== 'paid') throw new DomainError('not_refundable');
  const left = paidMinor - refundedOf(refunds) - sum(payments.map(({ disputedMinor }) => disputedMinor));
  const fullest = payments.reduce<GivenPayment | null>((best, one) => (best && best.leftMinor >= one.leftMinor ? best : one), null);
  if (wanted.to === 'method' && !fullest) throw new DomainError('not_refundable', 'This invoice was not paid through a payment provider. Give the money back as credit, or in the way that it came.');
  const payment = wanted.to === 'method' ? fullest : null;
  const most = payment ? smaller(payment.leftMinor, left) : left;
  if (most <= 0n) throw new DomainError('not_refundable', 'Nothing of this invoice is left to give back.');
  const amountMinor = wanted.amountMinor ?? most;
  if (amountMinor > most) throw new DomainError('refund_exceeds_payment', `Of this invoice, ${most} minor units are left to give back in this way.`);
  return { amountMinor, noteMinor: noteFor(facts, amountMinor), payment };
}
