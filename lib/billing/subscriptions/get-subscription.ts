import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { readHistory, readRunning } from './store';
import { isManaged, type Subscription } from './subscription';

/** The subscription that the account has now (trialing, active, past due or paused), or null. */
export function getSubscription(context: Context): Promise<Subscription | null> {
  return readRunning(database(), context.accountId);
}

/** The same, or throws `no_subscription`. */
export async function requireSubscription(context: Context): Promise<Subscription> {
  const subscription = await getSubscription(context);
  if (!subscription) throw new DomainError('no_subscription');
  return subscription;
}

/** The same where it is the portal's to change. Throws `managed_by_gateway` as well, for one that a gateway renews and bills. */
export async function requireChangeable(context: Context): Promise<Subscription> {
  const subscription = await requireSubscription(context);
  if (isManaged(subscription)) throw new DomainError('managed_by_gateway');
  return subscription;
}

/** Every subscription the account ever had, newest first. `page` counts from 1. */
export async function listSubscriptions(context: Context, { page, pageSize }: { page: number; pageSize: number }) {
  const { items, total } = await readHistory(database(), context.accountId, (page - 1) * pageSize, pageSize);
  return { items, page, pageSize, total };
}
