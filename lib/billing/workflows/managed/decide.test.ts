import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subscriptionStatuses, subscriptionTransitions, type Subscription } from '../../subscriptions/subscription';
import { asTold, changeOf, inPeriod, periodsToCome } from './decide';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, 1) + number * 86_400_000);
const period = (index: number) => ({ start: day(30 * index), end: day(30 * (index + 1)) });
const payment = (index: number) => ({ reference: `in_${index}`, charge: `pi_${index}`, amountMinor: 2999n, currency: 'USD', paidAt: day(30 * index), period: period(index) });
const states = ['trialing', 'active', 'past_due', 'paused', 'canceled', 'incomplete'] as const;

const running = (change: Partial<Subscription> = {}): Subscription =>
  ({ status: 'active', periodIndex: 0, currentPeriod: period(0), cancelAtPeriodEnd: false, canceledAt: null, cancellationReason: '', pausedAt: null, pauseRest: null, endedAt: null, ...change }) as Subscription;
const told = { state: 'active' as const, period: period(0), cancelAtPeriodEnd: false, paymentMethod: null, payments: [payment(0)] };

describe('the periods that a gateway has begun', () => {
  it('follow one another to the one it is in, paid or not, whatever the order in which they are told', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5]), fc.integer({ min: 0, max: 6 }), (paid, current) => {
        const begun = periodsToCome(running(), { ...told, period: period(current), payments: paid.map(payment) });
        expect(begun.map(({ start }) => start)).toEqual([...new Set([...paid, current])].filter((index) => index > 0).sort().map((index) => period(index).start));
        const last = begun.reduce(inPeriod, running());
        expect(last).toMatchObject({ periodIndex: begun.length, currentPeriod: { end: period(Math.max(0, current, ...paid)).end } });
        expect(periodsToCome(last, { ...told, period: period(current), payments: paid.map(payment) })).toEqual([]);
      }),
    );
  });
});

describe('the state that a gateway says', () => {
  it('is taken over only where the table of moves leads there', () => {
    for (const status of subscriptionStatuses) {
      for (const state of states) {
        const after = asTold(running({ status }), { ...told, state }, day(3));
        if (after.status !== status) expect(subscriptionTransitions[status]).toContain(after.status);
        expect(after.pausedAt !== null).toBe(after.status === 'paused');
      }
    }
  });

  it.each([
    ['past_due', {}, { status: 'past_due' }, 'subscription.past_due'],
    ['active', { status: 'past_due' }, { status: 'active' }, 'subscription.recovered'],
    ['canceled', {}, { status: 'canceled', endedAt: day(3) }, 'subscription.ended'],
    ['active', {}, { status: 'active' }, null],
  ] as const)('%s is told of', (state, before, expected, change) => {
    const after = asTold(running(before), { ...told, state }, day(3));
    expect(after).toMatchObject(expected);
    expect(changeOf(running(before), after)).toBe(change);
  });

  it('ends with the period where that is over, and keeps the reason until it is resumed', () => {
    const cancelled = asTold(running({ cancellationReason: 'Done' }), { ...told, cancelAtPeriodEnd: true }, day(3));
    expect(cancelled).toMatchObject({ cancelAtPeriodEnd: true, canceledAt: day(3), cancellationReason: 'Done' });
    expect(changeOf(running(), cancelled)).toBe('subscription.cancellation_scheduled');
    expect(asTold(cancelled, { ...told, state: 'canceled', cancelAtPeriodEnd: true }, day(40))).toMatchObject({ canceledAt: day(3), endedAt: period(0).end });
    expect(asTold(cancelled, { ...told, cancelAtPeriodEnd: true }, day(40))).toMatchObject({ status: 'canceled', endedAt: period(0).end });
    const resumed = asTold(cancelled, told, day(4));
    expect(resumed).toMatchObject({ cancelAtPeriodEnd: false, canceledAt: null, cancellationReason: '' });
    expect(changeOf(cancelled, resumed)).toBe('subscription.resumed');
  });
});
