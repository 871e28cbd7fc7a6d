import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Page } from '@/lib/core/input';
import * as store from './store';
import type { TopUp } from './top-up';

/** One page of what the account bought, newest first. `page` counts from 1. */
export async function listTopUps(context: Context, { page, pageSize }: { page: number; pageSize: number }): Promise<Page<TopUp>> {
  return { ...(await store.readTopUps(database(), context.accountId, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}
