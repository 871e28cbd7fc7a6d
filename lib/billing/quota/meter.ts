import { DomainError } from '@/lib/core/errors';
import { idOfUuid } from '@/lib/core/ids';
import { localDay, localHour } from '../time/local-hour';
import { secondsUntil } from './check-quota';
import type { Allowance, MeterResult, Moment } from './engine/meter-item';
import { ceilingOf, standing, type Decision, type Grant } from './quota';
import type { CounterRow } from './store';
import { counterIn, featureIn, grantIn, resetsAtOf, type AccountTerms } from './terms';

/** What an item of any operation that asks for room says about the feature and the moment. */
export type MeteredTerms = { counterId: number } & Allowance & Moment;

/** A counted feature by the terms: what is granted of it, and what the engine is to be told. */
export interface Metered {
  grant: Grant;
  counter: CounterRow;
  item: MeteredTerms;
}

/** When it happens, as the engine is to add it up. */
export function momentOf(terms: AccountTerms, occurredAt: Date, recordedAt: Date): Moment {
  return { occurredAt, recordedAt, hour: localHour(occurredAt, terms.timeZone), day: localDay(occurredAt, terms.timeZone) };
}

/**
 * How the engine is to decide about the feature at that moment; `counterOf` finds the counter, `levelIn` that of a level.
 * Throws `unknown_feature` and what `counterOf` throws: `feature_not_metered`.
 */
export function meteredBy(terms: AccountTerms, featureKey: string, now: Date, counterOf = counterIn): Metered {
  const feature = featureIn(terms, featureKey);
  const counter = counterOf(terms, feature);
  const grant = grantIn(terms, feature);
  const { hour, day } = momentOf(terms, now, now);
  // Written out, here and in `consumeQuota`: spreading objects costs more than all else that a decision costs the process.
  const item: MeteredTerms = {
    counterId: counter.id,
    ceiling: ceilingOf(grant),
    limit: grant.limit,
    termsVersion: counter.termsVersion,
    refusal: grant.refusal,
    rates: terms.rates.get(featureKey),
    spend: terms.spend.get(featureKey) ?? null,
    occurredAt: now,
    recordedAt: now,
    hour,
    day,
  };
  return { grant, counter, item };
}

/** What a result says of the decision, whatever was asked for. `eventUuid`: the event that it wrote, if it wrote one. */
export function decisionFrom({ grant, counter, item }: Metered, quantity: bigint, result: MeterResult, eventUuid: string | null): Decision {
  const allowed = result.verdict !== 'refused';
  const { remaining, overage } = standing(result.limit, result.used, result.held);
  return {
    feature: grant.feature.key,
    allowed,
    reason: allowed ? null : (grant.refusal ?? result.reason ?? 'limit_reached'),
    quantity,
    policy: grant.policy,
    limit: result.limit,
    used: result.used,
    held: result.held,
    remaining,
    overage,
    resetsAt: counter.reset === 'never' ? null : (result.resetsAt ?? resetsAtOf(counter)),
    retryAfterSeconds: result.retryAt ? secondsUntil(result.retryAt, item.recordedAt) : null,
    event: allowed && eventUuid !== null ? idOfUuid('evt', eventUuid) : null,
  };
}

/**
 * The decision that a result stands for, or null when the terms have changed since they were read.
 * Throws `idempotency_key_reused`, `counter_overflow`.
 */
export function decisionOf(metered: Metered, quantity: bigint, result: MeterResult, eventUuid: string | null): Decision | null {
  switch (result.verdict) {
    case 'terms_changed':
      return null;
    case 'key_reused':
      throw new DomainError('idempotency_key_reused');
    case 'overflow':
      throw new DomainError('counter_overflow');
    default:
      return decisionFrom(metered, quantity, result, eventUuid);
  }
}
