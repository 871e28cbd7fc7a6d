import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { readTopUp } from '../../credits/top-ups/store';
import type { TopUp } from '../../credits/top-ups/top-up';
import { readTopUpAttempt } from '../../payments/store';
import { lookAt } from '../collect-payment/payment-status';

/**
 * One top-up of the account. While its payment is under way the gateway is asked how it stands, so that a page that asks
 * again and again arrives. Throws `not_found`, also for another account's.
 */
export async function getTopUp(context: Context, id: string): Promise<TopUp> {
  const topUp = found(await readTopUp(database(), context.accountId, id), 'top-up');
  const attempt = topUp.status === 'pending' ? await readTopUpAttempt(database(), id) : null;
  if (!attempt || attempt.finishedAt) return topUp;
  await lookAt(context, attempt);
  return found(await readTopUp(database(), context.accountId, id), 'top-up');
}
