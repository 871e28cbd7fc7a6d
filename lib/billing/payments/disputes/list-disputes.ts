import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Dispute, DisputeState } from './dispute';
import * as store from './store';

/** One page of the account's disputes, of one state or all, newest first. `page` counts from 1. */
export async function listDisputes(context: Context, { state, page, pageSize }: { state?: DisputeState | undefined; page: number; pageSize: number }): Promise<Page<Dispute>> {
  return { ...(await store.readDisputes(database(), context.accountId, { ...(state && { state }) }, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** One dispute. Throws `not_found`, also for another account's. */
export async function getDispute(context: Context, id: string): Promise<Dispute> {
  return found(await store.readDispute(database(), context.accountId, id), 'dispute');
}
