import type { CustomerDetails, SellerDetails } from '../invoice';

export const entryKinds = ['invoice', 'credit_note', 'payment', 'void'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Something that changed what the account owes. */
export interface Entry {
  at: Date;
  kind: EntryKind;
  /** Number of the invoice or credit note; of the invoice that was paid or declared void. */
  number: string;
  /** Minor units: above zero is owed, below is taken off. */
  amountMinor: bigint;
}

export interface BalancedEntry extends Entry {
  /** What was owed after it. */
  balanceMinor: bigint;
}

/** What an account owed at the beginning of a range of days, what changed it, and what it owed at the end. */
export interface Statement {
  currency: string;
  /** First and last calendar day, in the account's time zone. */
  from: string;
  to: string;
  /** Below zero: in the customer's favour. */
  openingMinor: bigint;
  invoicedMinor: bigint;
  /** Credit notes and invoices declared void. */
  creditedMinor: bigint;
  paidMinor: bigint;
  closingMinor: bigint;
  entries: BalancedEntry[];
  seller: SellerDetails;
  customer: CustomerDetails;
  issuedAt: Date;
}

/** The entries in the order of time, each with the balance after it, and their sums. Opening + invoiced − credited − paid = closing. */
export function balance(openingMinor: bigint, entries: readonly Entry[]): Pick<Statement, 'openingMinor' | 'invoicedMinor' | 'creditedMinor' | 'paidMinor' | 'closingMinor' | 'entries'> {
  const ordered = [...entries].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || entryKinds.indexOf(one.kind) - entryKinds.indexOf(other.kind) || (one.number < other.number ? -1 : 1),
  );
  let owed = openingMinor;
  const balanced = ordered.map((entry) => ({ ...entry, balanceMinor: (owed += entry.amountMinor) }));
  const sum = (...kinds: EntryKind[]) => entries.filter(({ kind }) => kinds.includes(kind)).reduce((total, entry) => total + entry.amountMinor, 0n);
  return { openingMinor, invoicedMinor: sum('invoice'), creditedMinor: -sum('credit_note', 'void'), paidMinor: -sum('payment'), closingMinor: owed, entries: balanced };
}
