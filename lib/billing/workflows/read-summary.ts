import type { Context } from '@/lib/core/context';
import type { Account } from '../accounts/account';
import { getAccount } from '../accounts/get-account';
import { getOpenAmount, type OpenAmount } from '../invoices/list-invoices';
import type { Quota } from '../quota/quota';
import { remainingQuota } from '../quota/remaining-quota';
import { nextChargeOf } from '../subscriptions/charges';
import { getSubscription } from '../subscriptions/get-subscription';
import type { Subscription } from '../subscriptions/subscription';

/** What the next period begins with: before tax, and before what usage past the limits adds. */
export interface NextRenewal {
  at: Date;
  planKey: string;
  currency: string;
  amountMinor: bigint;
}

export interface AccountSummary {
  account: Account;
  subscription: Subscription | null;
  quota: Quota[];
  openInvoices: OpenAmount;
  /** Null when nothing is renewed: no subscription, a paused one, or one that ends with its period. */
  nextRenewal: NextRenewal | null;
}

/** What a running subscription renews to at the end of its period, a scheduled change of plan included. */
export function nextRenewalOf(subscription: Subscription | null): NextRenewal | null {
  if (!subscription || subscription.cancelAtPeriodEnd || subscription.status === 'paused') return null;
  const { plan, price } = subscription.pendingPrice ?? subscription;
  return { at: subscription.currentPeriod.end, planKey: plan.key, currency: price.currency, amountMinor: nextChargeOf(subscription) };
}

/** The account at a glance: who it is, what it has, what is left of it, what it owes and what comes next. */
export async function readSummary(context: Context): Promise<AccountSummary> {
  const [account, subscription, quota, openInvoices] = await Promise.all([
    getAccount(context),
    getSubscription(context),
    remainingQuota(context),
    getOpenAmount(context),
  ]);
  return { account, subscription, quota, openInvoices, nextRenewal: nextRenewalOf(subscription) };
}
