import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { readLastPaidId } from './list/store';

/** The id of the invoice that was paid last, or null. */
export function lastPaidInvoiceId({ accountId }: Context): Promise<string | null> {
  return readLastPaidId(database(), accountId);
}
