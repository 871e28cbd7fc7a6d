import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { listFeatures } from '../catalog/list-features';
import type { Thresholds } from './alert';
import { readThresholds, resetAlertLevels, writeThresholds } from './store';

/** When the account is alerted. */
export function getThresholds(context: Context): Promise<Thresholds> {
  return readThresholds(database(), context.accountId);
}

const inOrder = (percents: readonly number[]): number[] => [...new Set(percents)].sort((one, other) => one - other);

async function assertFeatures({ features }: Thresholds): Promise<void> {
  const counted = (await listFeatures()).filter(({ kind }) => kind === 'metered' || kind === 'level').map(({ key }) => key);
  for (const [index, { feature }] of features.entries()) {
    if (!counted.includes(feature)) throw new DomainError('unknown_feature', `The catalog has no feature "${feature}" with a limit to reach.`);
    if (features.findIndex((other) => other.feature === feature) !== index) {
      throw new DomainError('invalid_request', undefined, { issues: [{ field: `features.${index}.feature`, message: 'Name each feature once.' }] });
    }
  }
}

/**
 * Replaces all thresholds of the account. They count from now on: one that has been passed already and was not raised in
 * this period is raised at once; one that was raised is not raised again. Throws `unknown_feature`, `invalid_request`.
 */
export function setThresholds(context: Context, wanted: Thresholds): Promise<Thresholds> {
  return inTransaction(async (transaction) => {
    await assertFeatures(wanted);
    await lockAccount(transaction, context.accountId);
    const before = await readThresholds(transaction, context.accountId);
    const now = context.clock.now();
    await writeThresholds(transaction, context.accountId, {
      everyFeature: inOrder(wanted.everyFeature),
      features: wanted.features.map(({ feature, percents }) => ({ feature, percents: inOrder(percents) })),
    }, now);
    const after = await readThresholds(transaction, context.accountId);
    if (JSON.stringify(before) === JSON.stringify(after)) return after;
    await resetAlertLevels(transaction, context.accountId, now);
    await recordAudit(transaction, context, { action: 'quota_thresholds.changed', subject: context.accountId, before, after });
    return after;
  });
}
