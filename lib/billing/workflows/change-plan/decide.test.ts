import { describe, expect, it } from 'vitest';
import type { Plan } from '../../catalog/catalog';
import { beginSubscription } from '../../subscriptions/create-subscription';
import type { Offer, Subscription } from '../../subscriptions/subscription';
import { decidePlanChange } from './decide';

const start = new Date('2026-03-01T00:00:00Z');
const middle = new Date('2026-03-16T12:00:00Z');

function offer(key: string, rank: number, amountMinor: bigint, interval: 'month' | 'year' = 'month'): Offer {
  const plan: Plan = { id: key, key, version: 1, versionId: key, name: { en: key, zh: key }, description: { en: '', zh: '' }, rank, prices: [], entitlements: [] };
  return { plan, price: { id: `${key} ${interval}`, planVersionId: key, currency: 'USD', amountMinor, interval, intervalCount: 1 } };
}

const small = offer('small', 1, 3_000n);
const large = offer('large', 2, 10_000n);

function decide(change: Partial<Subscription>, wanted: Offer, current: Offer = small) {
  const subscription = { ...beginSubscription('acc_1', current, 'UTC', start), ...change };
  return decidePlanChange({ subscription, wanted, timeZone: 'UTC', at: middle, closingUsage: [] });
}

describe('decidePlanChange', () => {
  it('begins to charge a trial that is upgraded, and gives nothing back for it', () => {
    const { after, invoice } = decide({ status: 'trialing' }, large);
    expect(after).toMatchObject({ status: 'active', currentPeriod: { start: middle } });
    expect(invoice?.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['subscription', 10_000n]]);
  });

  it('ends a trial by the same plan at once, at the price that it was begun with, and undoes its cancellation', () => {
    const dearer = { ...small, price: { ...small.price, id: 'newer', amountMinor: 9_000n } };
    const { direction, after, invoice, undoes } = decide({ status: 'trialing', cancelAtPeriodEnd: true }, dearer);
    expect({ direction, undoes }).toEqual({ direction: 'upgrade', undoes: 'cancellation' });
    expect(after).toMatchObject({ status: 'active', cancelAtPeriodEnd: false, currentPeriod: { start: middle } });
    expect(invoice?.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['subscription', 3_000n]]);
    expect(() => decide({}, small)).toThrow(expect.objectContaining({ code: 'same_price' }));
  });

  it('leaves a change that would pay money back to the period end', () => {
    const cheaper = offer('special', 3, 100n);
    expect(decide({}, cheaper)).toMatchObject({ direction: 'downgrade', invoice: null, after: { plan: { key: 'small' }, pendingPrice: { plan: { key: 'special' } } } });
  });

  it('asks for the overdue invoice before an upgrade, and lets a downgrade be scheduled', () => {
    expect(() => decide({ status: 'past_due' }, large)).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
    expect(decide({ status: 'past_due' }, small, large).direction).toBe('downgrade');
  });

  it.each(['paused', 'canceled', 'expired'] as const)('changes nothing of a subscription that is %s', (status) => {
    expect(() => decide({ status }, large)).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
  });

  it('tells what it undoes', () => {
    expect(decide({ cancelAtPeriodEnd: true }, large)).toMatchObject({ undoes: 'cancellation', after: { cancelAtPeriodEnd: false, canceledAt: null } });
    expect(decide({ pendingPrice: offer('free', 0, 0n) }, large)).toMatchObject({ undoes: 'downgrade', after: { pendingPrice: null } });
    expect(decide({}, large).undoes).toBeNull();
  });

  it('adds the usage of a period that is cut short', () => {
    const usage = { kind: 'usage', description: { en: 'Usage', zh: '用量' }, quantity: 1n, unitAmount: '1', amountMinor: 100n } as const;
    const subscription = beginSubscription('acc_1', small, 'UTC', start);
    const facts = { subscription, timeZone: 'UTC', at: middle, closingUsage: [usage] };
    expect(decidePlanChange({ ...facts, wanted: offer('small', 1, 30_000n, 'year') }).invoice?.lines.map(({ amountMinor }) => amountMinor)).toEqual([100n, -1_500n, 30_000n]);
    // In the same interval the period goes on, so its usage is charged when it ends.
    expect(decidePlanChange({ ...facts, wanted: large }).invoice?.lines.map(({ amountMinor }) => amountMinor)).toEqual([-1_500n, 5_000n]);
  });
});
