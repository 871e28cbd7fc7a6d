import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { hasPaidSetup } from '../invoices/charged/store';
import type { Offer, Subscription } from '../subscriptions/subscription';

/** Whether the price has a setup fee that no invoice that stands has charged the account for. */
export async function isSetupFeeDue(context: Context, { plan, price }: Offer): Promise<boolean> {
  if (!price.setupFeeMinor) return false;
  return !(await hasPaidSetup(database(), context.accountId, plan.id));
}

/** The same for what the subscription renews to: at the end of a trial, and where another plan waits. */
export async function setupFeeDue(context: Context, subscription: Subscription): Promise<boolean> {
  return isSetupFeeDue(context, subscription.pendingPrice ?? subscription);
}
