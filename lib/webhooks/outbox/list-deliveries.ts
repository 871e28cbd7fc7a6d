import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Page } from '@/lib/core/input';
import { countDeliveries, readDeliveries, type DeliveryFilter } from './store';
import type { WebhookDelivery } from './webhook';

export interface DeliveryQuestion extends DeliveryFilter {
  /** From 1. */
  page: number;
  pageSize: number;
}

/** What was and is being sent to the account's endpoints, newest first. */
export async function listDeliveries(context: Context, { page, pageSize, ...filter }: DeliveryQuestion): Promise<Page<WebhookDelivery>> {
  const [total, items] = await Promise.all([
    countDeliveries(database(), context.accountId, filter),
    readDeliveries(database(), context.accountId, filter, (page - 1) * pageSize, pageSize),
  ]);
  return { items, page, pageSize, total };
}
