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
export function consumeQuota(context: Context, consumption: Consumption): Promise<Decision> {
  const { feature, quantity = 1n, idempotencyKey = null, model, inputTokens, outputTokens, statusCode, latencyMs, costCentre } = consumption;
  const dimensions = { model, inputTokens, outputTokens, statusCode, latencyMs, costCentre };
  return decideOnTerms(context, (terms, now) => {
    const metered = meteredBy(terms, feature, now);
    const id = eventId(context.accountId, idempotencyKey, now);
    const { counterId, ceiling, limit, termsVersion, refusal, rates, spend, occurredAt, recordedAt, hour, day } = metered.item;
    const submitted = quotaEngine().submit(feature, {
      operation: 'consume', id, keyText: idempotencyKey, counterId, quantity, ceiling, limit, termsVersion, refusal, rates, spend, occurredAt, recordedAt, hour,
      day, dimensions,
    });
    return submitted.then((result) => decisionOf(metered, quantity, result, id));
  });
}
