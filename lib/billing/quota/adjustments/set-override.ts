import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { adjustableFeature, assertAhead } from './adjustable-feature';
import type { QuotaOverride } from './adjustment';
import * as store from './store';

export interface NewOverride {
  feature: string;
  /** Units a period (metered) or at once (level); null: unlimited. */
  limit: bigint | null;
  reason?: string;
  /** Null: until it is taken away. */
  endsAt?: Date | null;
}

const terms = ({ limit, reason, endsAt }: QuotaOverride) => ({ limit, reason, endsAt });

/**
 * Gives the account another limit of the feature than its plan's, at once, in the place of an earlier one. It may also grant
 * a feature that the plan lacks. Setting the same again changes nothing.
 * Throws `unknown_feature`, `invalid_request`.
 */
export function setOverride(context: Context, { feature: key, limit, reason = '', endsAt = null }: NewOverride): Promise<QuotaOverride> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const feature = await adjustableFeature(key);
    assertAhead('endsAt', endsAt, context.clock.now());
    const before = await store.readOverride(transaction, context.accountId, feature.key);
    const override = { id: newId('ovr'), feature: feature.key, limit, reason, endsAt, createdAt: context.clock.now() };
    if (before && isDeepStrictEqual(terms(before), terms(override))) return before;
    await store.writeOverride(transaction, context.accountId, override);
    await recordAudit(transaction, context, { action: 'quota_override.set', subject: feature.key, before: before && terms(before), after: terms(override) });
    return override;
  });
}

/** Goes back to the limit of the plan. Throws `not_found`. */
export function removeOverride(context: Context, featureKey: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const feature = await adjustableFeature(featureKey);
    const before = found(await store.readOverride(transaction, context.accountId, feature.key), 'override');
    await store.deleteOverride(transaction, context.accountId, feature.key);
    await recordAudit(transaction, context, { action: 'quota_override.removed', subject: feature.key, before: terms(before) });
  });
}
