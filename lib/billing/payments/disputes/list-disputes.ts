import type { Context } from '@/lib/core/context';
import { database, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Dispute, DisputeState } from './dispute';
import type { DisputeResponse } from './responses/response';
import { readLatestResponses } from './responses/store';
import * as store from './store';

/** A dispute with the newest thing that was said to it. */
export type RespondedDispute = Dispute & { response: DisputeResponse | null };

async function withResponses(db: Database, disputes: readonly Dispute[]): Promise<RespondedDispute[]> {
  const responses = await readLatestResponses(db, disputes.map(({ id }) => id));
  return disputes.map((dispute) => ({ ...dispute, response: responses.get(dispute.id) ?? null }));
}

/** One page of the account's disputes, of one state or all, newest first. `page` counts from 1. */
export async function listDisputes(context: Context, { state, page, pageSize }: { state?: DisputeState | undefined; page: number; pageSize: number }): Promise<Page<RespondedDispute>> {
  const { items, total } = await store.readDisputes(database(), context.accountId, { ...(state && { state }) }, { skip: (page - 1) * pageSize, take: pageSize });
  return { items: await withResponses(database(), items), total, page, pageSize };
}

/** One dispute. Throws `not_found`, also for another account's. */
export async function getDispute(context: Context, id: string): Promise<RespondedDispute> {
  const dispute = found(await store.readDispute(database(), context.accountId, id), 'dispute');
  return found((await withResponses(database(), [dispute]))[0], 'dispute');
}
