import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { adjustableFeature, assertAhead } from './adjustable-feature';
import type { QuotaBoost } from './adjustment';
import * as store from './store';

export interface NewBoost {
  feature: string;
  quantity: bigint;
  /** Now unless said. */
  startsAt?: Date;
  /** Exclusive. */
  endsAt: Date;
  reason?: string;
}

/**
 * Puts units on top of the account's limit of the feature for a while. Boosts add up.
 * Throws `unknown_feature`, `invalid_request`.
 */
export function addBoost(context: Context, { feature: key, quantity, startsAt, endsAt, reason = '' }: NewBoost): Promise<QuotaBoost> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const now = context.clock.now();
    const feature = await adjustableFeature(key);
    const boost: QuotaBoost = { id: newId('boost'), feature: feature.key, quantity, reason, startsAt: startsAt ?? now, endsAt, createdAt: now };
    assertAhead('endsAt', endsAt, now);
    if (endsAt <= boost.startsAt) throw new DomainError('invalid_request', undefined, { issues: [{ field: 'endsAt', message: 'The end must come after the start.' }] });
    await store.insertBoost(transaction, context.accountId, boost);
    await recordAudit(transaction, context, { action: 'quota_boost.added', subject: boost.id, after: boost });
    return boost;
  });
}

/** Takes a boost away at once. Throws `not_found`. */
export function removeBoost(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const boost = found(await store.readBoost(transaction, context.accountId, id), 'boost');
    await store.deleteBoost(transaction, id);
    await recordAudit(transaction, context, { action: 'quota_boost.removed', subject: id, before: boost });
  });
}
