import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError, type ErrorCode } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import { readNewestVersion } from '../../catalog/store';
import { readSubscribersBehind } from '../../subscriptions/store';
import type { MoveTime } from './decide';
import { estimateVersionMove, moveToNewestVersion } from './move-version';

export interface WantedMoves {
  planKey: string;
  when: MoveTime;
  /** True: nothing is changed, and the answer is what would happen. */
  preview: boolean;
  /** The account up to which an earlier batch came. */
  after?: string | undefined;
  /** How many accounts to take. */
  limit: number;
}

/** What became of one account, or would: moved at once or at the period end, or the code of why not. */
export type MovedSubscriber =
  | { accountId: string; result: MoveTime; currency: string; totalMinor: bigint }
  | { accountId: string; result: 'refused'; code: ErrorCode };

export interface MovedBatch {
  items: MovedSubscriber[];
  /** Hand it in as `after` to go on; null when none are left. */
  next: string | null;
}

async function moveOne(context: Context, { when, preview }: WantedMoves): Promise<MovedSubscriber> {
  const { accountId } = context;
  try {
    if (preview) {
      const { move, due } = await estimateVersionMove(context, when);
      return { accountId, result: move.when, currency: move.before.price.currency, totalMinor: due.totalMinor };
    }
    const { subscription, invoice } = await moveToNewestVersion(context, when);
    return { accountId, result: subscription.pendingPrice ? 'period_end' : 'now', currency: subscription.price.currency, totalMinor: invoice?.totalMinor ?? 0n };
  } catch (error) {
    if (error instanceof DomainError) return { accountId, result: 'refused', code: error.code };
    throw error;
  }
}

/**
 * Moves the subscribers of a plan, of the seller of the context's account, to its newest version: a batch a call, each
 * account in a transaction of its own. Whoever is on the version already, or moves there anyway, is not taken again, so
 * that a run may be broken off and begun anew. Throws `unknown_plan`.
 */
export async function moveSubscribers(context: Context, wanted: WantedMoves): Promise<MovedBatch> {
  const { sellerId } = await getAccount(context);
  const newest = await readNewestVersion(database(), wanted.planKey);
  if (!newest) throw new DomainError('unknown_plan');
  const { after = '', limit } = wanted;
  const accountIds = await readSubscribersBehind(database(), { sellerId, planKey: newest.key, newestVersionId: newest.versionId, after, take: limit + 1 });
  const items: MovedSubscriber[] = [];
  for (const accountId of accountIds.slice(0, limit)) items.push(await moveOne({ ...context, accountId }, wanted));
  return { items, next: accountIds.length > limit ? (accountIds[limit - 1] ?? null) : null };
}
