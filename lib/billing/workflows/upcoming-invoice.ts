import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Totals } from '../invoices/invoice';
import { chargeOf, chargeTermsOf, type ChargeTerms } from '../invoices/charge-terms';
import { getSubscription } from '../subscriptions/get-subscription';
import { readBillingTerms } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import { closingLines, readClosing, type ClosingFacts } from './closing-usage';
import { hasPaymentMethod } from './payment-method';
import { setupFeeDue } from './setup-fee';
import { decideRenewal } from './renew-subscription/decide';

/** The invoice that the end of the current period will bring, as far as it is known. */
export interface UpcomingInvoice extends Totals {
  /** When it will be issued. */
  at: Date;
  currency: string;
  /** What its lines of usage cost so far, before tax. */
  usageMinor: bigint;
}

/** What the end of the running period is decided from, read once for every question of what it would bring. */
export interface PeriodEnd {
  subscription: Subscription;
  timeZone: string;
  closing: ClosingFacts;
  terms: ChargeTerms;
  setupFeeDue: boolean;
  hasPaymentMethod: boolean;
  now: Date;
}

/** Reads what the end of the subscription's period depends on. */
export async function readPeriodEnd(context: Context, subscription: Subscription): Promise<PeriodEnd> {
  const [{ timeZone }, closing, terms, feeDue, hasMethod] = await Promise.all([
    readBillingTerms(database(), context.accountId),
    readClosing(subscription),
    chargeTermsOf(context, subscription.price.currency),
    setupFeeDue(context, subscription),
    hasPaymentMethod(context),
  ]);
  return { subscription, timeZone, closing, terms, setupFeeDue: feeDue, hasPaymentMethod: hasMethod, now: context.clock.now() };
}

/**
 * What the end of the period will bring, by the decision that the renewal itself makes; null when nothing would be charged.
 * `expected` tells by counter what is to be taken for its use instead of what it has. Pure.
 */
export function invoiceAtEnd({ subscription, closing, terms, now, ...facts }: PeriodEnd, expected?: ReadonlyMap<number, bigint>): UpcomingInvoice | null {
  if (subscription.status === 'paused') return null;
  const usage = closingLines(subscription, closing, now, { expected });
  const { invoice } = decideRenewal({ ...facts, subscription, fallback: null, closingUsage: usage, now });
  if (!invoice) return null;
  const at = subscription.currentPeriod.end;
  const { lines: _, ...totals } = chargeOf(invoice.lines, terms, at).totals;
  return {
    at,
    currency: invoice.currency,
    usageMinor: usage.reduce((sum, line) => (line.kind === 'usage' ? sum + line.amountMinor : sum), 0n),
    ...totals,
  };
}

/** What the end of the running period will bring by what is used so far; null when nothing would be charged. */
export async function upcomingInvoice(context: Context): Promise<UpcomingInvoice | null> {
  const subscription = await getSubscription(context);
  return subscription && invoiceAtEnd(await readPeriodEnd(context, subscription));
}
