import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { readTopUp } from '../../credits/top-ups/store';
import type { TopUp } from '../../credits/top-ups/top-up';

/** One top-up of the account. Throws `not_found`, also for another account's. */
export async function getTopUp(context: Context, id: string): Promise<TopUp> {
  return found(await readTopUp(database(), context.accountId, id), 'top-up');
}
