import type { Context } from '@/lib/core/context';
import { eventId, quotaEngine } from './engine/engine';
import type { UsageDimensions } from './engine/meter-item';
import { decisionOf, meteredBy } from './meter';
import { decideOnTerms } from './on-terms';
import type { Decision } from './quota';

export interface Consumption extends UsageDimensions {
  feature: string;
  /** Units; 1 unless said. */
  quantity?: bigint;
  /** Sent again with the same key, an accepted consumption is answered as the first time and counted once. */
  idempotencyKey?: string;
}

/**
 * Checks and takes in one atomic step: all of the quantity or nothing. A refusal takes nothing and is not kept, so the
 * same key may be tried again. Must not be called inside a transaction: it commits on its own.
 * Throws `unknown_feature`, `feature_not_metered`, `idempotency_key_reused`, `counter_overflow`, `overloaded`.
 */
export async function consumeQuota(context: Context, consumption: Consumption): Promise<Decision> {
  const { feature, quantity = 1n, idempotencyKey = null, ...dimensions } = consumption;
  return decideOnTerms(context, async (terms, now) => {
    const metered = meteredBy(terms, feature, now);
    const id = eventId(context.accountId, idempotencyKey, now);
    const result = await quotaEngine().submit(feature, { ...metered.item, operation: 'consume', id, keyText: idempotencyKey, quantity, dimensions });
    return decisionOf(metered, quantity, result, id);
  });
}
