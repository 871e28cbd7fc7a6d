import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Totals } from '../invoices/invoice';
import { chargeOf, chargeTermsOf } from '../invoices/charge-terms';
import { getSubscription } from '../subscriptions/get-subscription';
import { readBillingTerms } from '../subscriptions/store';
import { closingUsage } from './closing-usage';
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

/**
 * What the end of the running period will bring by what is used so far; null when nothing would be charged. It comes from
 * the decision that the renewal itself makes. `expected` tells by counter what is to be taken for its use instead.
 */
export async function upcomingInvoice(context: Context, expected?: ReadonlyMap<number, bigint>): Promise<UpcomingInvoice | null> {
  const subscription = await getSubscription(context);
  if (!subscription || subscription.status === 'paused') return null;
  const { timeZone } = await readBillingTerms(database(), context.accountId);
  const usage = await closingUsage(subscription, context.clock.now(), { expected });
  const { invoice } = decideRenewal({ subscription, timeZone, fallback: null, closingUsage: usage, setupFeeDue: await setupFeeDue(context, subscription), hasPaymentMethod: await hasPaymentMethod(context), now: context.clock.now() });
  if (!invoice) return null;
  const at = subscription.currentPeriod.end;
  const { lines: _, ...totals } = chargeOf(invoice.lines, await chargeTermsOf(context, invoice.currency), at).totals;
  return {
    at,
    currency: invoice.currency,
    usageMinor: usage.reduce((sum, line) => (line.kind === 'usage' ? sum + line.amountMinor : sum), 0n),
    ...totals,
  };
}
