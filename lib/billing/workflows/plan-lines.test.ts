import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addonItem, appliedCoupon, madeUpOffer, perUnit, seatItem, seatPrice } from '@/lib/testing/pricing';
import type { Coupon } from '../catalog/coupons/coupon';
import type { DraftLine } from '../invoices/invoice';
import { totalsOf } from '../invoices/totals';
import { noTax } from '../invoices/tax';
import { beginPeriod } from '../subscriptions/charges';
import type { Subscription } from '../subscriptions/subscription';
import { beginSubscription } from '../subscriptions/create-subscription';
import { decideItemChange } from './change-items/decide';
import { decidePlanChange } from './change-plan/decide';
import { changeLines, planFee } from './plan-lines';
import { decideRenewal } from './renew-subscription/decide';

const start = new Date('2026-04-01T00:00:00Z');
const end = new Date('2026-05-01T00:00:00Z');
const period = { start, end };
const sum = (lines: readonly DraftLine[]): bigint => lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);

const cents = fc.integer({ min: 0, max: 100_000 });
const major = cents.map((amount) => (amount / 1000).toFixed(3));
const currency = fc.constantFrom('USD', 'JPY', 'KWD');
const moment = fc.integer({ min: 0, max: 30 * 86_400 }).map((seconds) => new Date(start.getTime() + seconds * 1_000));
const coupon = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 1_000_000 }).map((share): Partial<Coupon> => ({ percentage: (share / 10_000).toFixed(4) })),
  fc.bigInt({ min: 1n, max: 10_000n }).map((off): Partial<Coupon> => ({ amounts: { USD: off, JPY: off, KWD: off } })),
);
const sold = fc
  .record({ currency, fee: fc.bigInt({ min: 0n, max: 100_000n }), seat: major, included: fc.bigInt({ min: 0n, max: 5n }), addon: major, seats: fc.bigInt({ min: 0n, max: 50n }), addons: fc.bigInt({ min: 0n, max: 9n }), coupon })
  .map(({ fee, seat, included, addon, seats, addons, coupon: off, currency: code }) => {
    const offer = madeUpOffer({ currency: code, amountMinor: fee, ...seatPrice(included, perUnit(seat)) });
    const items = [seatItem(seats), addonItem(addons, { kind: 'graduated', tiers: [{ upTo: 3n, unitAmount: addon }, { upTo: null, unitAmount: seat }] }, offer)];
    return { ...offer, items, coupon: off && appliedCoupon(off, start) };
  });

describe('what a period costs', () => {
  it('is never below zero, whatever is taken off', () => {
    fc.assert(fc.property(sold, (one) => {
      const lines = planFee(one, period);
      expect(sum(lines)).toBeGreaterThanOrEqual(0n);
      expect(totalsOf(lines, noTax, one.price.currency).totalMinor).toBe(sum(lines));
    }));
  });
});

describe('a change within a period', () => {
  it('and its reverse at the same moment cancel out', () => {
    fc.assert(fc.property(sold, fc.bigInt({ min: 0n, max: 50n }), moment, (one, seats, at) => {
      const other = { ...one, items: one.items.map((item) => (item.sold.kind === 'units' ? { ...item, quantity: seats } : item)) };
      expect(sum(changeLines(one, other, period, at)) + sum(changeLines(other, one, period, at))).toBe(0n);
    }));
  });

  it('costs nothing when nothing changes', () => {
    fc.assert(fc.property(sold, moment, (one, at) => {
      expect(changeLines(one, one, period, at)).toEqual([]);
    }));
  });

  it('at the start costs the difference of the two periods, and at the end nothing', () => {
    fc.assert(fc.property(sold, sold, (one, other) => {
      const same = { ...other, price: { ...other.price, currency: one.price.currency }, items: other.items.filter(({ sold: { kind } }) => kind === 'units') };
      expect(sum(changeLines(one, same, period, start))).toBe(sum(planFee(same, period)) - sum(planFee(one, period)));
      expect(changeLines(one, same, period, end)).toEqual([]);
    }));
  });

  it('step by step comes to what it comes to at once, to half a minor unit a line', () => {
    fc.assert(fc.property(sold, fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 50n }), moment, (one, some, more, at) => {
      const withSeats = (quantity: bigint) => ({ ...one, items: one.items.map((item) => (item.sold.kind === 'units' ? { ...item, quantity } : item)) });
      const steps = sum(changeLines(one, withSeats(some), period, at)) + sum(changeLines(withSeats(some), withSeats(more), period, at));
      const difference = steps - sum(changeLines(one, withSeats(more), period, at));
      expect(difference >= -2n && difference <= 2n).toBe(true);
    }));
  });
});

describe('every decision', () => {
  it('charges a period by the same lines: beginning, renewal and a change to another interval', () => {
    fc.assert(fc.property(sold, (one) => {
      const subscription = { ...beginSubscription('acc_1', one, 'UTC', start), items: one.items, coupon: one.coupon };
      const renewed = decideRenewal({ subscription, timeZone: 'UTC', fallback: null, closingUsage: [], now: end });
      expect(renewed.invoice?.lines ?? []).toEqual(planFee(renewed.after, renewed.after.currentPeriod));
      const wanted = madeUpOffer({ key: 'large', rank: 2, interval: 'year', currency: one.price.currency, amountMinor: 10n ** 9n });
      const changed = decidePlanChange({ subscription, wanted, timeZone: 'UTC', at: start, closingUsage: [] });
      expect(sum(changed.invoice?.lines ?? [])).toBe(sum(planFee(changed.after, changed.after.currentPeriod)) - sum(planFee(subscription, period)));
    }));
  });

  it('counts a coupon once a period, for no more periods than it has', () => {
    const offer = madeUpOffer();
    let subscription = beginPeriod({ ...beginSubscription('acc_1', offer, 'UTC', start), coupon: appliedCoupon({ percentage: '10', cycles: 3 }, null) });
    const charged = [sum(planFee(subscription, subscription.currentPeriod))];
    for (let month = 0; month < 4; month += 1) {
      const again = beginPeriod(subscription);
      expect(again.coupon).toEqual(subscription.coupon);
      subscription = decideRenewal({ subscription, timeZone: 'UTC', fallback: null, closingUsage: [], now: subscription.currentPeriod.end }).after;
      charged.push(sum(planFee(subscription, subscription.currentPeriod)));
    }
    expect(charged).toEqual([2_700n, 2_700n, 2_700n, 3_000n, 3_000n]);
  });
});

describe('more that is cheaper in all', () => {
  const offer = madeUpOffer(seatPrice(0n, { kind: 'volume', tiers: [{ upTo: 10n, unitAmount: '5' }, { upTo: null, unitAmount: '3' }] }));
  const held = seatItem(10n);
  const at = new Date('2026-04-16T00:00:00Z');
  const take = (subscription: Subscription, quantity: bigint) => decideItemChange({ subscription, wanted: { sold: held.sold, quantity }, at });

  it('is held at once and pays nothing back, and what was paid is not charged again', () => {
    // Ten cost 50.00, eleven 33.00, sixteen 48.00, twenty 60.00.
    const ten = { ...beginSubscription('acc_1', offer, 'UTC', start), items: [held] };
    const eleven = take(ten, 11n);
    expect(eleven).toMatchObject({ invoice: null, after: { items: [{ quantity: 11n, chargedQuantity: 10n }] } });
    const sixteen = take(eleven.after, 16n);
    expect(sixteen).toMatchObject({ invoice: null, after: { items: [{ quantity: 16n, chargedQuantity: 10n }] } });
    const twenty = take(sixteen.after, 20n);
    // (60.00 − 50.00) / 2
    expect(sum(twenty.invoice?.lines ?? [])).toBe(500n);
    expect(twenty.after.items).toMatchObject([{ quantity: 20n, chargedQuantity: null }]);
    const renewed = decideRenewal({ subscription: eleven.after, timeZone: 'UTC', fallback: null, closingUsage: [], now: end });
    expect(renewed.invoice?.lines.map(({ amountMinor }) => amountMinor)).toEqual([3_000n, 3_300n]);
  });

  it('never charges more for a period than its dearest quantity costs, whichever way it is reached', () => {
    fc.assert(fc.property(fc.array(fc.bigInt({ min: 1n, max: 40n }), { minLength: 1, maxLength: 6 }), (quantities) => {
      let subscription: Subscription = { ...beginSubscription('acc_1', offer, 'UTC', start), items: [] };
      let charged = 0n;
      let dearest = 0n;
      for (const quantity of [...new Set(quantities)].sort((one, other) => Number(one - other))) {
        const { after, invoice } = decideItemChange({ subscription, wanted: { sold: held.sold, quantity }, at: start });
        charged += sum(invoice?.lines ?? []);
        const alone = sum(planFee({ ...offer, items: [seatItem(quantity)] }, period)) - 3_000n;
        dearest = alone > dearest ? alone : dearest;
        subscription = after;
      }
      expect(charged).toBe(dearest);
    }));
  });
});

describe('another quantity', () => {
  const offer = madeUpOffer(seatPrice(5n, perUnit('4')));
  const subscription = { ...beginSubscription('acc_1', offer, 'UTC', start), items: [seatItem(8n)] };
  const [item] = subscription.items;
  const decide = (quantity: bigint, change: Partial<typeof subscription> = {}) =>
    decideItemChange({ subscription: { ...subscription, ...change }, wanted: { sold: item!.sold, quantity }, at: start });

  it('is never less than the plan includes', () => {
    expect(decide(0n).after.items).toMatchObject([{ quantity: 8n, pendingQuantity: 5n }]);
    expect(() => decide(2n, { items: [] })).toThrow(expect.objectContaining({ code: 'same_quantity' }));
  });

  it('costs nothing in a trial, and waits where an invoice is overdue or the subscription paused', () => {
    expect(decide(9n, { status: 'trialing' })).toMatchObject({ takesEffect: 'now', invoice: null });
    expect(() => decide(9n, { status: 'past_due' })).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
    expect(() => decide(9n, { status: 'paused' })).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
    expect(decide(6n, { status: 'past_due' }).takesEffect).toBe('period_end');
  });
});
