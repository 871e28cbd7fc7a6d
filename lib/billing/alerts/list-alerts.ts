import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import { requireFeature } from '../catalog/list-features';
import type { Alert } from './alert';
import { countAlerts, markRead, markUnread, readAlerts, type AlertFilter } from './store';

export interface AlertQuestion extends AlertFilter {
  /** From 1. */
  page: number;
  pageSize: number;
}

/** The account's alerts, newest first, with the number that nobody has read. Throws `unknown_feature`. */
export async function listAlerts(context: Context, { page, pageSize, ...filter }: AlertQuestion): Promise<Page<Alert> & { unread: number }> {
  if (filter.feature !== undefined) await requireFeature(filter.feature);
  const [total, unread, items] = await Promise.all([
    countAlerts(database(), context.accountId, filter),
    countAlerts(database(), context.accountId, { unread: true }),
    readAlerts(database(), context.accountId, filter, (page - 1) * pageSize, pageSize),
  ]);
  return { items, page, pageSize, total, unread };
}

/** How many alerts of the account nobody has read. */
export function countUnread({ accountId }: Context): Promise<number> {
  return countAlerts(database(), accountId, { unread: true });
}

/** Marks one alert of the account, or all of them, as read; again it does nothing. Throws `not_found`. */
export function markAlertsRead(context: Context, id?: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const found = await markRead(transaction, context.accountId, id, context.clock.now());
    if (found === 0) throw new DomainError('not_found', 'No such alert.');
  });
}

/** Marks an alert of the account as not read; again it does nothing. Throws `not_found`. */
export function markAlertUnread(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    if ((await markUnread(transaction, context.accountId, id)) === 0) throw new DomainError('not_found', 'No such alert.');
  });
}
