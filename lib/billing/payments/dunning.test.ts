import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptStatuses, attemptTransitions, withResult, type PaymentAttempt } from './attempt';
import { afterFailure, type Dunning } from './dunning';
import type { ChargeResult } from './gateway/charges';

const now = new Date('2026-03-07T17:00:00Z');
const failure = (at: Date, timeZone = 'UTC') => ({ invoiceId: 'inv_1', accountId: 'acc_1', code: 'declined' as const, timeZone, now: at });

describe('dunning', () => {
  it('keeps the time of day of the account across a clock change', () => {
    // 7 March, 12:00 in New York; on the 8th its clocks go forward, so noon is an hour earlier in UTC.
    expect(afterFailure(null, [1, 3], failure(now, 'America/New_York')).nextAttemptAt).toEqual(new Date('2026-03-08T16:00:00Z'));
    expect(afterFailure(null, [1, 3], failure(now)).nextAttemptAt).toEqual(new Date('2026-03-08T17:00:00Z'));
  });

  it('counts its days from the first failure, keeps the schedule it began with, and ends after the last', () => {
    let dunning = afterFailure(null, [1, 3], failure(now));
    dunning = afterFailure(dunning, [9], failure(new Date('2026-03-08T18:30:00Z')));
    expect(dunning).toMatchObject({ status: 'retrying', failures: 2, days: [1, 3], nextAttemptAt: new Date('2026-03-10T17:00:00Z') });
    dunning = afterFailure(dunning, [9], failure(new Date('2026-03-10T17:00:00Z')));
    expect(dunning).toMatchObject({ status: 'given_up', failures: 3, nextAttemptAt: null });
  });

  it('is given up at once without days', () => {
    expect(afterFailure(null, [], failure(now))).toMatchObject({ status: 'given_up', failures: 1, endedAt: now });
  });

  it('fails once more often than it has days, whatever they are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { maxLength: 10 }), (list) => {
        const days = [...list].sort((one, other) => one - other);
        let dunning: Dunning = afterFailure(null, days, failure(now));
        for (let at = dunning.nextAttemptAt; at; at = dunning.nextAttemptAt) {
          const next = afterFailure(dunning, days, failure(at));
          expect(next.nextAttemptAt === null || next.nextAttemptAt > at).toBe(true);
          dunning = next;
        }
        expect(dunning).toMatchObject({ status: 'given_up', failures: days.length + 1 });
      }),
    );
  });
});

describe('an attempt', () => {
  const results: ChargeResult[] = [
    { outcome: 'succeeded', reference: 'ch' },
    { outcome: 'failed', reference: 'ch', code: 'declined', retryable: true },
    { outcome: 'requires_action', reference: 'ch' },
    { outcome: 'processing', reference: 'ch' },
  ];
  const requested: PaymentAttempt = {
    id: 'att_1', accountId: 'acc_1', invoiceId: 'inv_1', topUpId: null, paymentMethodId: 'pm_1', checkoutSessionId: null, requestKey: null, onSession: false, gateway: 'demo', amountMinor: 100n, currency: 'USD', status: 'requested',
    reference: null, failureCode: null, retryable: null, sends: 1, requestedAt: now, finishedAt: null,
  };

  it('moves by its table alone, whatever is told in whatever order, and never away from success, and from failure only to success', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...results), { maxLength: 8 }), (told) => {
        let attempt = requested;
        for (const result of told) {
          const next = withResult(attempt, result, now);
          if (next) {
            expect(attemptTransitions[attempt.status]).toContain(next.status);
            expect(attempt.status).not.toBe('succeeded');
            if (attempt.status === 'failed') expect(next.status).toBe('succeeded');
            expect(next.finishedAt !== null).toBe(next.status === 'succeeded' || next.status === 'failed');
            attempt = next;
          }
        }
        expect(attemptStatuses).toContain(attempt.status);
      }),
    );
  });

  it('that failed or was taken back may still turn out to have gone through', () => {
    for (const status of ['canceled', 'failed'] as const) expect(withResult({ ...requested, status, finishedAt: now }, results[0]!, now)).toMatchObject({ status: 'succeeded', failureCode: null });
    expect(withResult({ ...requested, status: 'canceled', finishedAt: now }, results[1]!, now)).toBeNull();
  });
});
