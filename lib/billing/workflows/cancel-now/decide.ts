import type { DraftLine, Invoice, InvoiceDraft, InvoiceLine } from '../../invoices/invoice';
import type { WantedCredit } from '../../invoices/credit-notes/credit-note';
import { beginSubscription } from '../../subscriptions/create-subscription';
import { prorate, type ProrationRule } from '../../subscriptions/proration';
import { moveTo, type CancellationCause, type Offer, type Subscription } from '../../subscriptions/subscription';

/** An invoice of the subscription with what credit notes have left of it. */
export interface CreditableInvoice {
  invoice: Pick<Invoice, 'id' | 'number' | 'lines'>;
  /** Minor units with tax: of the whole invoice, and of each line by its position. */
  leftMinor: bigint;
  leftOfLine: ReadonlyMap<number, bigint>;
}

/** All that an immediate end depends on. */
export interface Facts {
  subscription: Subscription;
  timeZone: string;
  proration: ProrationRule;
  /** What the account falls back to. */
  fallback: Offer | null;
  /** What usage past the limits costs up to now. */
  closingUsage: DraftLine[];
  /** The invoices that stand, newest first. */
  invoices: readonly CreditableInvoice[];
  /** Whether the unused rest of the period is given back. */
  credit: boolean;
  cause: CancellationCause | null;
  reason: string;
  at: Date;
}

/** A credit note that is to be issued. `totalMinor` is with tax. */
export interface DecidedCredit {
  invoiceId: string;
  invoiceNumber: string | null;
  totalMinor: bigint;
  wanted: WantedCredit;
}

/** An immediate end as plain data. */
export interface Cancellation {
  before: Subscription;
  after: Subscription;
  /** The subscription that begins where this one ends. */
  successor: Subscription | null;
  /** The final usage; null when there is none. */
  invoice: InvoiceDraft | null;
  credits: DecidedCredit[];
}

const recurring = new Set<DraftLine['kind']>(['subscription', 'proration', 'addon', 'discount']);
const grossOf = ({ netMinor, taxMinor }: InvoiceLine): bigint => netMinor + taxMinor;
const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** From when on nothing is used: since the pause where its rest is kept. Null: nothing is left to give back. */
function unusedFrom({ status, pausedAt, pauseRest }: Subscription, at: Date): Date | null {
  if (status === 'trialing') return null;
  if (!pausedAt) return at;
  return pauseRest === 'kept' ? pausedAt : null;
}

/**
 * What of the line is for the time from the moment on, with tax. Lines of the current period end with it, or did so before
 * pauses moved its end; what was charged for a period that a change cut short was settled by that change.
 */
function unusedOf(line: InvoiceLine, { currentPeriod: { start, end }, pricedFrom }: Subscription, from: Date, rule: ProrationRule): bigint {
  const { period } = line;
  const pausedFor = pricedFrom && pricedFrom > start ? pricedFrom.getTime() - start.getTime() : 0;
  if (!period || !recurring.has(line.kind)) return 0n;
  const moved = end.getTime() - period.end.getTime();
  if (moved < 0 || moved > pausedFor) return 0n;
  return prorate(grossOf(line), period, new Date(from.getTime() - moved), rule).unused;
}

/** Of one line where that is enough, else of the whole invoice in proportion. */
function wantedOf({ invoice, leftOfLine }: CreditableInvoice, amountMinor: bigint): WantedCredit {
  const fees = invoice.lines.filter((line) => recurring.has(line.kind));
  const [fee] = fees;
  if (fee && fees.length === 1 && (leftOfLine.get(fee.position) ?? 0n) >= amountMinor) return { scope: 'lines', lines: [{ position: fee.position, amountMinor }] };
  return { scope: 'amount', amountMinor };
}

function creditsOf({ subscription, invoices, proration, credit, at }: Facts): DecidedCredit[] {
  const from = unusedFrom(subscription, at);
  if (!credit || !from) return [];
  const lines = invoices.flatMap(({ invoice }) => invoice.lines);
  let rest = lines.reduce((sum, line) => sum + unusedOf(line, subscription, from, proration), 0n);
  return invoices.flatMap((creditable) => {
    const { invoice, leftMinor } = creditable;
    // Also what a period that a change cut short had charged: its unused rest paid a part of this one.
    const isForIt = invoice.lines.some(({ kind, period }) => recurring.has(kind) && period && period.end > subscription.currentPeriod.start);
    const totalMinor = smaller(rest, leftMinor);
    if (!isForIt || totalMinor <= 0n) return [];
    rest -= totalMinor;
    return [{ invoiceId: invoice.id, invoiceNumber: invoice.number, totalMinor, wanted: wantedOf(creditable, totalMinor) }];
  });
}

/**
 * Ends the subscription at the moment: final usage is charged, the account falls back to the free plan, and where asked
 * for, what the invoices of the period charged for the time still to come is given back, the newest first. Never more
 * than is left of an invoice: what was credited before is not given back twice. Pure.
 * Throws `invalid_transition` for a subscription that has ended.
 */
export function decideCancellation(facts: Facts): Cancellation {
  const { subscription, timeZone, fallback, closingUsage, cause, reason, at } = facts;
  const after: Subscription = {
    ...subscription,
    status: moveTo(subscription.status, 'canceled'),
    cancelAtPeriodEnd: false,
    pendingPrice: null,
    pausedAt: null,
    resumesAt: null,
    pauseRest: null,
    canceledAt: at,
    cancellationCause: cause,
    cancellationReason: reason,
    endedAt: at,
    updatedAt: at,
  };
  return {
    before: subscription,
    after,
    successor: fallback && beginSubscription(subscription.accountId, fallback, timeZone, at),
    invoice:
      closingUsage.length === 0
        ? null
        : {
            accountId: subscription.accountId,
            subscriptionId: subscription.id,
            reason: 'cancellation',
            currency: subscription.price.currency,
            period: { start: subscription.currentPeriod.start, end: at > subscription.currentPeriod.start ? at : subscription.currentPeriod.end },
            lines: closingUsage,
          },
    credits: creditsOf(facts),
  };
}
