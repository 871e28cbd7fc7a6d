import type { LedgerAccount } from './chart';

export const transactionKinds = [
  'invoice_issued', 'invoice_paid', 'invoice_voided', 'invoice_given_up', 'credit_note', 'payment_surplus',
  'credit_granted', 'credit_expired', 'credit_revoked', 'credit_settled',
  'refund', 'refund_failed', 'dispute_withdrawn', 'dispute_won', 'dispute_lost', 'dispute_loss_undone', 'dispute_reopened', 'dispute_settled', 'dispute_surplus', 'gateway_fee',
] as const;

/** What happened. */
export type TransactionKind = (typeof transactionKinds)[number];

/** One side of it, in minor units: debit above zero, credit below. */
export interface Entry {
  account: LedgerAccount;
  amountMinor: bigint;
}

/** Something that moved money, in one currency. */
export interface Booking {
  kind: TransactionKind;
  /** The id of what caused it: of each kind it is booked once. */
  reference: string;
  currency: string;
  /** They sum to zero; those of zero are left out. */
  entries: readonly Entry[];
}

/** The entries that move something. Throws RangeError unless they sum to zero. Pure. */
export function balanced(entries: readonly Entry[]): Entry[] {
  const sum = entries.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  if (sum !== 0n) throw new RangeError(`The entries of a booking sum to ${sum}, and not to zero.`);
  return entries.filter(({ amountMinor }) => amountMinor !== 0n);
}
