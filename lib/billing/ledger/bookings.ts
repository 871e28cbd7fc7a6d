import { atGateway, type LedgerAccount } from './chart';
import type { Booking, Entry } from './transaction';

// What each event books, as plain data for `post`. Amounts are minor units above zero.

/** Prepaid credit by where it came from. */
export interface CreditParts {
  /** Paid for by the customer. */
  customerMinor: bigint;
  /** Given away. */
  promotionalMinor: bigint;
}

export const noCredit: CreditParts = { customerMinor: 0n, promotionalMinor: 0n };

interface InvoiceAmounts {
  id: string;
  currency: string;
  subtotalMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
  /** Whether it sells prepaid credit, which is a promise and no revenue yet. */
  sellsCredit: boolean;
}

const entry = (account: LedgerAccount, amountMinor: bigint): Entry => ({ account, amountMinor });
const creditEntries = ({ customerMinor, promotionalMinor }: CreditParts, sign: 1n | -1n): Entry[] => [
  entry('customer_credit', sign * customerMinor), entry('promotional_credit', sign * promotionalMinor),
];
const soldAs = ({ sellsCredit }: Pick<InvoiceAmounts, 'sellsCredit'>): LedgerAccount => (sellsCredit ? 'customer_credit' : 'revenue');

/** Where an invoice stands while it is owed: given up ones are written off. */
const owedOn = (isGivenUp: boolean): LedgerAccount => (isGivenUp ? 'written_off' : 'receivable');

/** Where money came in: at a gateway, or in another way. */
export type MoneySource = { gateway: string; attemptId: string } | 'other';

/** An invoice is issued: the credit that pays a part of it is spent, the rest is owed. */
export function invoiceIssued(invoice: InvoiceAmounts, paidBy: CreditParts): Booking {
  const { id, currency, subtotalMinor, taxMinor, totalMinor } = invoice;
  return {
    kind: 'invoice_issued', reference: id, currency,
    entries: [entry('receivable', totalMinor), ...creditEntries(paidBy, 1n), entry(soldAs(invoice), -subtotalMinor), entry('tax_owed', -taxMinor)],
  };
}

/** What is still to pay of an invoice comes in. */
export function invoicePaid({ id, currency, amountMinor, isGivenUp, through }: { id: string; currency: string; amountMinor: bigint; isGivenUp: boolean; through: MoneySource }): Booking {
  const [account, reference] = through === 'other' ? (['paid_otherwise', id] as const) : [atGateway(through.gateway), through.attemptId];
  return { kind: 'invoice_paid', reference, currency, entries: [entry(account, amountMinor), entry(owedOn(isGivenUp), -amountMinor)] };
}

/** An invoice is declared void: the sale is undone, and the credit that paid a part of it is there again. */
export function invoiceVoided(invoice: InvoiceAmounts & { isGivenUp: boolean }, returned: CreditParts): Booking {
  const { id, currency, subtotalMinor, taxMinor, totalMinor, isGivenUp } = invoice;
  return {
    kind: 'invoice_voided', reference: id, currency,
    entries: [entry(soldAs(invoice), subtotalMinor), entry('tax_owed', taxMinor), entry(owedOn(isGivenUp), -totalMinor), ...creditEntries(returned, -1n)],
  };
}

/** An invoice is given up. `again`: when, where it was given up before, paid, and is owed again by a lost dispute. */
export function invoiceGivenUp({ id, currency, dueMinor, again }: { id: string; currency: string; dueMinor: bigint; again: Date | null }): Booking {
  return { kind: 'invoice_given_up', reference: again ? `${id} ${again.toISOString()}` : id, currency, entries: [entry('written_off', dueMinor), entry('receivable', -dueMinor)] };
}

/** A credit note: first less is owed, then credit is there again, and the rest is to be given back. */
export function creditNoteIssued(note: {
  id: string;
  currency: string;
  netMinor: bigint;
  taxMinor: bigint;
  /** By how much less is owed. */
  loweredMinor: bigint;
  returned: CreditParts;
  isGivenUp: boolean;
  /** Whether it takes back prepaid credit that was sold. */
  sellsCredit: boolean;
}): Booking {
  const { id, currency, netMinor, taxMinor, loweredMinor, returned, isGivenUp, sellsCredit } = note;
  const owedBack = netMinor + taxMinor - loweredMinor - returned.customerMinor - returned.promotionalMinor;
  return {
    kind: 'credit_note', reference: id, currency,
    entries: [
      entry(sellsCredit ? 'customer_credit' : 'credit_notes', netMinor), entry('tax_owed', taxMinor),
      entry(owedOn(isGivenUp), -loweredMinor), ...creditEntries(returned, -1n), entry('owed_back', -owedBack),
    ],
  };
}

/** Money came in at a gateway for what was owed no longer. */
export function surplusPaid({ attemptId, gateway, currency, amountMinor }: { attemptId: string; gateway: string; currency: string; amountMinor: bigint }): Booking {
  return { kind: 'payment_surplus', reference: attemptId, currency, entries: [entry(atGateway(gateway), amountMinor), entry('owed_back', -amountMinor)] };
}

/** Credit is granted: given away, or in place of money that was to be given back. */
export function creditGranted({ id, currency, amountMinor, from }: { id: string; currency: string; amountMinor: bigint; from: 'promotion_cost' | 'owed_back' }): Booking {
  const credit: LedgerAccount = from === 'owed_back' ? 'customer_credit' : 'promotional_credit';
  return { kind: 'credit_granted', reference: id, currency, entries: [entry(from, amountMinor), entry(credit, -amountMinor)] };
}

/**
 * Credit makes up for credit that was spent before its payment was given back. What was paid for takes the place of what was
 * paid for, which moves nothing: `promotionalMinor` is what was given away. `reference`: of the movement that takes it.
 */
export function creditSettled({ reference, currency, promotionalMinor }: { reference: string; currency: string; promotionalMinor: bigint }): Booking {
  return { kind: 'credit_settled', reference, currency, entries: [entry('promotional_credit', promotionalMinor), entry('customer_credit', -promotionalMinor)] };
}

/** What was left of credit runs out. `reference`: of the movement that takes it. */
export function creditExpired({ reference, currency, parts }: { reference: string; currency: string; parts: CreditParts }): Booking {
  return { kind: 'credit_expired', reference, currency, entries: [...creditEntries(parts, 1n), entry('expired_credit', -parts.customerMinor - parts.promotionalMinor)] };
}

/** What was left of credit that was given away is taken back. */
export function creditRevoked({ reference, currency, amountMinor }: { reference: string; currency: string; amountMinor: bigint }): Booking {
  return { kind: 'credit_revoked', reference, currency, entries: [entry('promotional_credit', amountMinor), entry('promotion_cost', -amountMinor)] };
}
