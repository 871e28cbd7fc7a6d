import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { hasMethod } from '../payments/store';

/** Whether the account has a way to pay on file. */
export function hasPaymentMethod(context: Context): Promise<boolean> {
  return hasMethod(database(), context.accountId);
}
