import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { idOfUuid } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { eventId, quotaEngine } from '../quota/engine/engine';
import type { MeterResult } from '../quota/engine/meter-item';
import { accountTerms, counterIn, featureIn, grantIn } from '../quota/terms';
import { localDay, localHour } from '../time/local-hour';
import { clockTolerance, type NewUsage, type UsageReceipt, type UsageRefusal } from './usage';

const day = 86_400_000;
const refusals: readonly string[] = [
  'unknown_feature', 'feature_not_metered', 'event_too_old', 'event_in_future', 'idempotency_key_reused', 'counter_overflow',
] satisfies UsageRefusal[];

/**
 * Records usage that has happened, up to 1 000 pieces, with an answer for each in their order. It is always counted, also
 * past the limit, in the period in which it happened. Must not be called inside a transaction: it commits on its own.
 * Throws `overloaded`; what was recorded until then answers `duplicate` when the call is sent again.
 */
export async function recordUsage(context: Context, events: readonly NewUsage[]): Promise<UsageReceipt[]> {
  quotaEngine().assertRoom(events.length);
  const outcomes = await Promise.allSettled(events.map((event) => recordOne(context, event)));
  return outcomes.map((outcome, index): UsageReceipt => {
    const idempotencyKey = events[index]?.idempotencyKey ?? '';
    if (outcome.status === 'fulfilled') return { idempotencyKey, ...outcome.value };
    const { reason } = outcome;
    if (!(reason instanceof DomainError) || !refusals.includes(reason.code)) throw reason;
    return { idempotencyKey, status: 'refused', code: reason.code as UsageRefusal };
  });
}

async function recordOne(context: Context, event: NewUsage): Promise<{ status: 'recorded' | 'duplicate'; event: string }> {
  const { feature: featureKey, quantity = 1n, idempotencyKey, occurredAt, ...dimensions } = event;
  const now = context.clock.now();
  const moment = occurredAt ?? now;
  if (moment.getTime() > now.getTime() + clockTolerance) throw new DomainError('event_in_future');
  if (moment.getTime() < now.getTime() - settings().lateUsageDays * day) throw new DomainError('event_too_old');

  const terms = await accountTerms(context, moment);
  const feature = featureIn(terms, featureKey);
  const counter = counterIn(terms, feature);
  const id = eventId(context.accountId, idempotencyKey, moment);
  const result = await quotaEngine().submit(featureKey, {
    operation: 'record',
    id,
    keyText: idempotencyKey,
    counterId: counter.id,
    quantity,
    limit: grantIn(terms, feature).limit,
    occurredAt: moment,
    recordedAt: now,
    hour: localHour(moment, terms.timeZone),
    day: localDay(moment, terms.timeZone),
    dimensions,
  });
  return { status: statusOf(result), event: idOfUuid('evt', id) };
}

function statusOf({ verdict }: MeterResult): 'recorded' | 'duplicate' {
  switch (verdict) {
    case 'recorded':
      return 'recorded';
    case 'repeated':
      return 'duplicate';
    case 'key_reused':
      throw new DomainError('idempotency_key_reused');
    case 'overflow':
      throw new DomainError('counter_overflow');
    default:
      throw new Error(`Usage without a ceiling was answered with ${verdict}.`);
  }
}
