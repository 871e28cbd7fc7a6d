import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { idOfUuid } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { eventId, quotaEngine, type Ask, type Outcome } from '../quota/engine/engine';
import type { MeterResult, Moment } from '../quota/engine/meter-item';
import { momentOf } from '../quota/meter';
import { accountTerms, counterIn, featureIn, grantIn, isOnTerms, type AccountTerms } from '../quota/terms';
import { clockTolerance, type NewUsage, type UsageReceipt, type UsageRefusal } from './usage';

const dayLength = 86_400_000;
const refusals: readonly string[] = [
  'unknown_feature', 'feature_not_metered', 'event_too_old', 'event_in_future', 'idempotency_key_reused', 'counter_overflow',
] satisfies UsageRefusal[];

/**
 * Records usage that has happened, up to 1 000 pieces, with an answer for each in their order. It is always counted, also
 * past the limit, in the period in which it happened. Must not be called inside a transaction: it commits on its own.
 * Throws `overloaded`; what was recorded until then answers `duplicate` when the call is sent again.
 */
export async function recordUsage(context: Context, events: readonly NewUsage[]): Promise<UsageReceipt[]> {
  const engine = quotaEngine();
  engine.assertRoom(events.length);
  const receipts: UsageReceipt[] = [];
  const asks: Ask[] = [];
  const places: number[] = [];
  const now = context.clock.now();
  let terms: AccountTerms | undefined;
  let when: Moment | undefined;
  for (const [place, event] of events.entries()) {
    const occurredAt = event.occurredAt ?? now;
    try {
      // Most are of the moment of the one before, and so are its terms.
      if (!terms || !when || when.occurredAt !== occurredAt) {
        assertInTime(occurredAt, now);
        if (!terms || !isOnTerms(terms, occurredAt, now)) terms = await accountTerms(context, occurredAt);
        when = momentOf(terms, occurredAt, now);
      }
      asks.push(askOf(terms, event, when));
      places.push(place);
    } catch (error) {
      receipts[place] = refusedReceipt(event, error);
    }
  }
  const outcomes = await engine.submitAll(asks);
  outcomes.forEach((outcome, index) => {
    const place = places[index] ?? 0;
    receipts[place] = receiptOf(events[place]?.idempotencyKey ?? '', asks[index]?.item.id ?? '', outcome);
  });
  return receipts;
}

/** Throws `event_in_future`, `event_too_old`. */
function assertInTime(moment: Date, now: Date): void {
  if (moment.getTime() > now.getTime() + clockTolerance) throw new DomainError('event_in_future');
  if (moment.getTime() < now.getTime() - settings().lateUsageDays * dayLength) throw new DomainError('event_too_old');
}

/** What the engine is asked to count. Throws `unknown_feature`, `feature_not_metered`. */
function askOf(terms: AccountTerms, event: NewUsage, { occurredAt, recordedAt, hour, day }: Moment): Ask {
  const { quantity = 1n, idempotencyKey, model, inputTokens, outputTokens, statusCode, latencyMs, costCentre } = event;
  const feature = featureIn(terms, event.feature);
  const counter = counterIn(terms, feature);
  return {
    featureKey: feature.key,
    item: {
      operation: 'record',
      id: eventId(terms.accountId, idempotencyKey, occurredAt),
      keyText: idempotencyKey,
      counterId: counter.id,
      quantity,
      limit: grantIn(terms, feature).limit,
      occurredAt,
      recordedAt,
      hour,
      day,
      dimensions: { model, inputTokens, outputTokens, statusCode, latencyMs, costCentre },
    },
  };
}

function receiptOf(idempotencyKey: string, eventUuid: string, outcome: Outcome): UsageReceipt {
  try {
    if ('error' in outcome) throw outcome.error;
    return { idempotencyKey, status: statusOf(outcome.result), event: idOfUuid('evt', eventUuid) };
  } catch (error) {
    return refusedReceipt({ idempotencyKey }, error);
  }
}

/** Throws the error when it says nothing of the event alone. */
function refusedReceipt({ idempotencyKey }: Pick<NewUsage, 'idempotencyKey'>, error: unknown): UsageReceipt {
  if (!(error instanceof DomainError) || !refusals.includes(error.code)) throw error;
  return { idempotencyKey, status: 'refused', code: error.code as UsageRefusal };
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
