import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { BillingRun, RunFailure } from './billing-run';
import * as store from './store';

const mostFailures = 100;

/** One page of the runs of the account's seller, newest first. `page` counts from 1. */
export async function listRuns(context: Context, { page, pageSize }: { page: number; pageSize: number }): Promise<Page<BillingRun>> {
  const sellerId = await store.readSellerOf(database(), context.accountId);
  return { ...(await store.readRuns(database(), sellerId, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** A run of the account's seller with the first hundred accounts that failed in it. Throws `not_found`. */
export async function getRun(context: Context, id: string): Promise<BillingRun & { failures: RunFailure[] }> {
  const sellerId = await store.readSellerOf(database(), context.accountId);
  const run = found(await store.readRun(database(), sellerId, id), 'billing run');
  return { ...run, failures: await store.readFailures(database(), id, mostFailures) };
}
