import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Refund, RefundStatus } from './refund';
import * as store from './store';

/** One page of the account's refunds, newest first, of one invoice or state or of all. `page` counts from 1. */
export async function listRefunds(
  context: Context,
  { invoiceId, status, page, pageSize }: { invoiceId?: string | undefined; status?: RefundStatus | undefined; page: number; pageSize: number },
): Promise<Page<Refund>> {
  const filter = { ...(invoiceId !== undefined && { invoiceId }), ...(status && { status }) };
  return { ...(await store.readRefunds(database(), context.accountId, filter, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** One refund. Throws `not_found`, also for another account's. */
export async function getRefund(context: Context, id: string): Promise<Refund> {
  return found(await store.readRefund(database(), context.accountId, id), 'refund');
}
