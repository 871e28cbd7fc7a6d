import { isDeepStrictEqual } from 'node:util';
import type { CreditNote } from '../../invoices/credit-notes/credit-note';
import type { Invoice } from '../../invoices/invoice';
import type { Subscription } from '../../subscriptions/subscription';

export type QuoteKind = 'plan_change' | 'cancellation' | 'version_move' | 'quantity_change' | 'coupon' | 'coupon_removal' | 'resumption';

/** How long a quote may be confirmed, in milliseconds. */
export const quoteLifetime = 15 * 60 * 1000;

/** What a preview showed, kept so that confirming it charges exactly that or nothing. */
export interface Quote {
  id: string;
  accountId: string;
  /** Of a first plan the id that the subscription gets. */
  subscriptionId: string;
  kind: QuoteKind;
  /** What was asked for, as the kind of quote keeps it. */
  request: unknown;
  /** Lines, tax, totals and what becomes of the subscription, as plain JSON. */
  decided: unknown;
  /** The moment up to which the old state of things counts as used. */
  moment: Date;
  /** The revision of the subscription that it was made for. */
  revision: number;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  /** It was confirmed and is carried out when its invoice is paid, until then; null: it was not, or no longer waits. */
  heldUntil: Date | null;
  invoiceId: string | null;
  creditNoteIds: string[];
}

/** What a preview answers of its quote. */
export interface OfferedQuote {
  id: string;
  expiresAt: Date;
}

/** What a confirmed change made. */
export interface Outcome {
  subscription: Subscription;
  /** What was charged; null when nothing was. */
  invoice: Invoice | null;
  /** What was given back. */
  creditNotes: readonly CreditNote[];
}

/** What a confirmation came to: a change that was made, or one that waits for its payment. */
export interface Confirmed extends Omit<Outcome, 'subscription'> {
  /** As it is now; null where the first plan of the account waits. */
  subscription: Subscription | null;
  /** Until when its invoice may be paid for it to be carried out; null: it was. */
  awaitsPaymentUntil?: Date | null;
}

/** A decision as the database keeps it: bigints as text, moments as ISO 8601. */
export function asRecord(decision: unknown): unknown {
  return JSON.parse(JSON.stringify(decision, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
}

/** Whether what is decided now is, to the last line, what the quote keeps. */
export function isAsQuoted(quote: Pick<Quote, 'decided'>, decision: unknown): boolean {
  return isDeepStrictEqual(asRecord(decision), quote.decided);
}
