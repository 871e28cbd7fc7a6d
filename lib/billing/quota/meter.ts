import { DomainError } from '@/lib/core/errors';
import { localDay, localHour } from '../time/local-hour';
import type { Allowance, MeterResult, Moment } from './engine/meter-item';
import { ceilingOf, grantOf, standing, type Decision, type Grant } from './quota';
import { counterIn, featureIn, type AccountTerms } from './terms';

/** What an item of any operation that asks for room says about the feature and the moment. */
export type MeteredTerms = { counterId: number } & Allowance & Moment;

/** A counted feature by the terms: what is granted of it, and what the engine is to be told. */
export interface Metered {
  grant: Grant;
  item: MeteredTerms;
}

/** How the engine is to decide about the feature at that moment. Throws `unknown_feature`, `feature_not_metered`. */
export function meteredBy(terms: AccountTerms, featureKey: string, now: Date): Metered {
  const feature = featureIn(terms, featureKey);
  const counter = counterIn(terms, feature);
  const grant = grantOf(feature, terms.subscription);
  const item: MeteredTerms = {
    counterId: counter.id,
    ceiling: ceilingOf(grant),
    limit: grant.limit,
    termsVersion: counter.termsVersion,
    occurredAt: now,
    recordedAt: now,
    hour: localHour(now, terms.timeZone),
    day: localDay(now, terms.timeZone),
  };
  return { grant, item };
}

/**
 * The decision that a result stands for, or null when the terms have changed since they were read.
 * Throws `idempotency_key_reused`, `counter_overflow`.
 */
export function decisionOf(terms: AccountTerms, { grant }: Metered, quantity: bigint, result: MeterResult): Decision | null {
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
        feature: grant.feature.key,
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
