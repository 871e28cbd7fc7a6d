import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Adjustments } from './adjustment';
import { readAdjustments } from './store';

/** The account's overrides and boosts that have not ended, also those to come. */
export function listAdjustments(context: Context): Promise<Adjustments> {
  return readAdjustments(database(), context.accountId, context.clock.now());
}
