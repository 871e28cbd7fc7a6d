import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { nextChargeOf } from '../subscriptions/charges';
import type { NewSubscription } from '../subscriptions/create-subscription';
import { getSubscription } from '../subscriptions/get-subscription';
import { hasHadTrial } from '../subscriptions/store';
import { isManaged, type Subscription } from '../subscriptions/subscription';
import { giveWay } from './cancel-now/cancel-now';
import { renewUntilCurrent } from './renew-subscription/renew-subscription';
import { subscribe } from './subscribe';

/** Whether a trial may take the place of what runs: only of nothing, or of a plan that costs nothing. */
function givesWayToTrial(running: Subscription | null): boolean {
  if (!running) return true;
  return running.status === 'active' && !isManaged(running) && running.price.amountMinor === 0n && nextChargeOf(running) === 0n;
}

/** Whether the account may still begin its one trial, as things stand. */
export async function mayBeginTrial(context: Context): Promise<boolean> {
  return givesWayToTrial(await getSubscription(context)) && !(await hasHadTrial(database(), context.accountId));
}

/**
 * Begins the account's trial of a plan, as its first subscription or in place of one that costs nothing. Nothing is charged
 * until the trial ends. Throws `already_subscribed` where what runs costs something, and of the trial what `createSubscription`
 * throws: `trial_not_offered`, `trial_used`, `payment_method_required`, `unknown_plan`, `price_not_offered`.
 */
export function beginTrial(context: Context, wanted: Pick<NewSubscription, 'planKey' | 'interval' | 'intervalCount'>): Promise<Subscription> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const running = await getSubscription(context);
    if (!givesWayToTrial(running)) throw new DomainError('already_subscribed');
    if (running) await giveWay(context);
    const { subscription } = await subscribe(context, { ...wanted, trial: true });
    return subscription;
  });
}
