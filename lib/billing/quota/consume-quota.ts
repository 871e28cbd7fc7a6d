import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { localHour } from '../time/local-hour';
import type { UsageDimensions } from './engine/meter-item';
import { eventId, quotaEngine } from './engine/engine';
import { ceilingOf, grantOf, standing, type Decision } from './quota';
import { accountTerms, counterIn, featureIn, type AccountTerms } from './terms';

export interface Consumption extends UsageDimensions {
  feature: string;
  /** Units; 1 unless said. */
  quantity?: bigint;
  /** Sent again with the same key, an accepted consumption is answered as the first time and counted once. */
  idempotencyKey?: string;
}

const attempts = 10;

/**
 * Checks and takes in one atomic step: all of the quantity or nothing. A refusal takes nothing and is not kept, so the
 * same key may be tried again. Must not be called inside a transaction: it commits on its own.
 * Throws `unknown_feature`, `feature_not_metered`, `idempotency_key_reused`, `counter_overflow`, `overloaded`.
 */
export async function consumeQuota(context: Context, consumption: Consumption): Promise<Decision> {
  const { feature: featureKey, quantity = 1n, idempotencyKey = null, ...dimensions } = consumption;
  const id = eventId(context.accountId, idempotencyKey);
  let stale: AccountTerms | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = context.clock.now();
    const terms = await accountTerms(context, now, stale);
    stale = terms;
    const decision = await decide(terms, { id, featureKey, quantity, idempotencyKey, dimensions, now });
    if (decision) return decision;
  }
  throw new DomainError('overloaded', undefined, { retryAfterSeconds: 1 });
}

interface Request {
  id: string;
  featureKey: string;
  quantity: bigint;
  idempotencyKey: string | null;
  dimensions: UsageDimensions;
  now: Date;
}

/** The decision, or null when the terms have changed since they were read. */
async function decide(terms: AccountTerms, { id, featureKey, quantity, idempotencyKey, dimensions, now }: Request): Promise<Decision | null> {
  const feature = featureIn(terms, featureKey);
  const counter = counterIn(terms, feature);
  const grant = grantOf(feature, terms.subscription);
  const result = await quotaEngine().submit(featureKey, {
    id,
    keyText: idempotencyKey,
    counterId: counter.id,
    quantity,
    ceiling: ceilingOf(grant),
    limit: grant.limit,
    termsVersion: counter.termsVersion,
    occurredAt: now,
    recordedAt: now,
    hour: localHour(now, terms.timeZone),
    dimensions,
  });
  switch (result.verdict) {
    case 'terms_changed':
      return null;
    case 'key_reused':
      throw new DomainError('idempotency_key_reused');
    case 'overflow':
      throw new DomainError('counter_overflow');
    default: {
      const allowed = result.verdict !== 'refused';
      return {
        feature: featureKey,
        allowed,
        reason: allowed ? null : (grant.refusal ?? 'limit_reached'),
        quantity,
        policy: grant.policy,
        limit: result.limit,
        used: result.used,
        ...standing(result.limit, result.used),
        resetsAt: result.resetsAt ?? terms.period.end,
      };
    }
  }
}
