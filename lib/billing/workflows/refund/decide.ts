import { DomainError } from '@/lib/core/errors';
import type { InvoiceSummary } from '../../invoices/invoice';
import { isLive, type Refund, type RefundDestination } from '../../payments/refunds/refund';
import type { GivenPayment } from '../../payments/refunds/store';

export interface RefundFacts {
  invoice: Pick<InvoiceSummary, 'status' | 'paidMinor' | 'refundableMinor'>;
  /** Every refund of the invoice. */
  refunds: readonly Pick<Refund, 'status' | 'cause' | 'amountMinor'>[];
  /** Its payments that went through. */
  payments: readonly GivenPayment[];
}

export interface DecidedRefund {
  /** Minor units. */
  amountMinor: bigint;
  /** What a credit note has to give back first, so that no money leaves without one; 0n where earlier notes did. */
  creditMinor: bigint;
  /** The payment it is taken from; null where it becomes credit. */
  payment: GivenPayment | null;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What of an invoice was given back or is on its way, in minor units. A surplus was never the invoice's. */
export function refundedOf(refunds: RefundFacts['refunds']): bigint {
  return sum(refunds.filter((refund) => refund.cause !== 'surplus' && isLive(refund)).map(({ amountMinor }) => amountMinor));
}

/** What credit notes gave back and nobody has paid out yet, in minor units. */
export function openRefundable({ invoice, refunds }: Pick<RefundFacts, 'invoice' | 'refunds'>): bigint {
  const open = invoice.refundableMinor - refundedOf(refunds);
  return open > 0n ? open : 0n;
}

/**
 * What a refund gives back, from which payment, and what a credit note has to give back first. Without an amount: all that
 * was paid and is not given back. Money goes back to one payment, the one with the most left of it. Pure.
 * Throws `not_refundable` and `refund_exceeds_payment`.
 */
export function decideRefund(facts: RefundFacts, wanted: { amountMinor?: bigint | undefined; to: RefundDestination }): DecidedRefund {
  const { invoice, refunds, payments } = facts;
  if (invoice.status !== 'paid') throw new DomainError('not_refundable');
  const left = invoice.paidMinor - refundedOf(refunds) - sum(payments.map(({ disputedMinor }) => disputedMinor));
  const [payment] = [...payments].sort((one, other) => (one.leftMinor < other.leftMinor ? 1 : one.leftMinor > other.leftMinor ? -1 : 0));
  const most = wanted.to === 'credit' || !payment ? left : payment.leftMinor < left ? payment.leftMinor : left;
  if (wanted.to === 'method' && !payment) throw new DomainError('not_refundable', 'This invoice was not paid through a payment provider. Give the money back as credit, or in the way that it came.');
  if (most <= 0n) throw new DomainError('not_refundable', 'Nothing of this invoice is left to give back.');
  const amountMinor = wanted.amountMinor ?? most;
  if (amountMinor > most) throw new DomainError('refund_exceeds_payment', `Of this invoice, ${most} minor units are left to give back in this way.`);
  const open = openRefundable(facts);
  return { amountMinor, creditMinor: amountMinor > open ? amountMinor - open : 0n, payment: wanted.to === 'method' ? (payment ?? null) : null };
}
