import { describe, expect, it } from 'vitest';
import { addonItem, appliedCoupon, madeUpOffer, perUnit, seatItem, seatPrice } from '@/lib/testing/pricing';
import type { Coupon } from '../catalog/coupons/coupon';
import type { PriceScheme } from '../catalog/pricing/scheme';
import { minimumLine } from '../invoices/period-lines';
import type { SubscriptionItem } from '../subscriptions/items';
import type { Offer } from '../subscriptions/subscription';
import { billingPeriod } from '../time/period';
import { changeLines, planFee } from './plan-lines';

interface Held {
  offer: Offer;
  items?: SubscriptionItem[];
  coupon?: Partial<Coupon>;
}

const started = new Date('2026-04-01T00:00:00Z');
const held = ({ offer, items = [], coupon }: Held, start: Date) => ({ ...offer, items, coupon: coupon ? appliedCoupon(coupon, start) : null });

const usd = madeUpOffer();
const seated = (unitAmount: string, price: Partial<Offer['price']> = {}) => madeUpOffer({ ...price, ...seatPrice(5n, perUnit(unitAmount)) });
const yen = madeUpOffer({ currency: 'JPY', amountMinor: 2_999n, ...seatPrice(5n, perUnit('333.5')) });
const dinar = madeUpOffer({ currency: 'KWD', amountMinor: 9_875n, ...seatPrice(5n, perUnit('1.2345')) });
const storageTiers: PriceScheme = { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '5' }, { upTo: null, unitAmount: '4' }] };
const bulk: PriceScheme = { kind: 'volume', tiers: [{ upTo: 10n, unitAmount: '5' }, { upTo: null, unitAmount: '3.333' }] };
const boxes: PriceScheme = { kind: 'package', size: 10n, amount: '9.99' };

/** What a whole period costs in advance. The arithmetic stands above each example, in major units. */
const periods: (Held & { what: string; amounts: bigint[] })[] = [
  // 30.00
  { what: 'a plan alone', offer: usd, amounts: [3_000n] },
  // 0.00 is no line
  { what: 'a plan without cost', offer: madeUpOffer({ amountMinor: 0n }), amounts: [] },
  // 5 seats are included
  { what: 'seats at the border of what is included', offer: seated('4'), items: [seatItem(5n)], amounts: [3_000n] },
  // (6 − 5) × 4.00 = 4.00
  { what: 'one seat beyond it', offer: seated('4'), items: [seatItem(6n)], amounts: [3_000n, 400n] },
  // 3 × 0.335 = 1.005 → 1.01
  { what: 'seats at a price of a tenth of a cent', offer: seated('0.335'), items: [seatItem(8n)], amounts: [3_000n, 101n] },
  // 3 × 333.5 = 1 000.5 yen → 1 001
  { what: 'seats in yen, which have no decimals', offer: yen, items: [seatItem(8n)], amounts: [2_999n, 1_001n] },
  // 3 × 1.2345 = 3.7035 dinars → 3.704
  { what: 'seats in dinars, which have three', offer: dinar, items: [seatItem(8n)], amounts: [9_875n, 3_704n] },
  // 5 × 5.00 = 25.00
  { what: 'an add-on, the last of the first tier', offer: usd, items: [addonItem(5n, storageTiers, usd)], amounts: [3_000n, 2_500n] },
  // 25.00 + 1 × 4.00 = 29.00
  { what: 'an add-on, the first of the second tier', offer: usd, items: [addonItem(6n, storageTiers, usd)], amounts: [3_000n, 2_900n] },
  // 10 × 5.00 = 50.00
  { what: 'an add-on by volume, at the border', offer: usd, items: [addonItem(10n, bulk, usd)], amounts: [3_000n, 5_000n] },
  // 11 × 3.333 = 36.663 → 36.66: cheaper than ten
  { what: 'an add-on by volume, one past the border', offer: usd, items: [addonItem(11n, bulk, usd)], amounts: [3_000n, 3_666n] },
  // 11 begin 2 packages of 10: 2 × 9.99 = 19.98
  { what: 'an add-on by the package', offer: usd, items: [addonItem(11n, boxes, usd)], amounts: [3_000n, 1_998n] },
  // 30.00 + 4.00 − 20 % of 34.00 = 6.80
  { what: 'a percentage off plan and seats', offer: seated('4'), items: [seatItem(6n)], coupon: { percentage: '20' }, amounts: [3_000n, 400n, -680n] },
  // 12.5 % of 29.99 = 3.74875 → 3.75
  { what: 'a percentage that does not divide', offer: madeUpOffer({ amountMinor: 2_999n }), coupon: { percentage: '12.5' }, amounts: [2_999n, -375n] },
  // 33.3333 % of 2 999 yen = 999.665667 → 1 000
  { what: 'a third off yen', offer: madeUpOffer({ currency: 'JPY', amountMinor: 2_999n }), coupon: { percentage: '33.3333' }, amounts: [2_999n, -1_000n] },
  // 10.00 off 30.00
  { what: 'an amount off', offer: usd, coupon: { amounts: { USD: 1_000n } }, amounts: [3_000n, -1_000n] },
  // 50.00 off 30.00 takes 30.00: never below zero
  { what: 'more off than is charged', offer: usd, coupon: { amounts: { USD: 5_000n } }, amounts: [3_000n, -3_000n] },
  // 100 % off
  { what: 'all of it off', offer: usd, coupon: { percentage: '100' }, amounts: [3_000n, -3_000n] },
  // An amount in euros takes nothing off dollars
  { what: 'an amount in another currency', offer: usd, coupon: { amounts: { EUR: 1_000n } }, amounts: [3_000n] },
  // For the plan `solo` alone
  { what: 'a coupon for another plan', offer: usd, coupon: { percentage: '50', plans: ['solo'] }, amounts: [3_000n] },
  // 10 % of 19.98 alone: the plan costs nothing
  { what: 'a coupon on an add-on of a plan without cost', offer: madeUpOffer({ amountMinor: 0n }), items: [addonItem(11n, boxes, usd)], coupon: { percentage: '10' }, amounts: [1_998n, -200n] },
];

describe('worked examples of what a period costs in advance', () => {
  it.each(periods)('$what', ({ amounts, ...sold }) => {
    const period = { start: started, end: new Date('2026-05-01T00:00:00Z') };
    expect(planFee(held(sold, started), period).map(({ amountMinor }) => amountMinor)).toEqual(amounts);
  });
});

interface Change {
  what: string;
  before: Held;
  after: Held;
  anchor?: string;
  timeZone?: string;
  at: string;
  amounts: bigint[];
}

const yearly = (amountMinor: bigint, key = 'team') => madeUpOffer({ key, interval: 'year', amountMinor, ...seatPrice(5n, perUnit('36.5')) });
const weekly = seated('7', { interval: 'week', amountMinor: 700n });

/** What a change within a period costs. Periods begin on 1 April 2026 in UTC unless said. */
const changes: Change[] = [
  // 3 seats × 4.00 × 15 / 30 days = 6.00
  { what: 'three seats more, half way', before: { offer: seated('4') }, after: { offer: seated('4'), items: [seatItem(8n)] }, at: '2026-04-16T00:00:00Z', amounts: [600n] },
  // Back 4.00 / 2, charged 12.00 / 2
  { what: 'from one seat more to three', before: { offer: seated('4'), items: [seatItem(6n)] }, after: { offer: seated('4'), items: [seatItem(8n)] }, at: '2026-04-16T00:00:00Z', amounts: [-200n, 600n] },
  // Nothing of the period is left but a second: 12.00 × 1 / 2 592 000 = 0.0000046 → 0: no line
  { what: 'seats in the last second', before: { offer: seated('4') }, after: { offer: seated('4'), items: [seatItem(8n)] }, at: '2026-04-30T23:59:59Z', amounts: [] },
  // A leap year's February: 14 of 29 days left: 12.00 × 14 / 29 = 5.793 → 5.79
  { what: 'seats in February of a leap year', anchor: '2028-02-01T00:00:00Z', before: { offer: seated('4') }, after: { offer: seated('4'), items: [seatItem(8n)] }, at: '2028-02-16T00:00:00Z', amounts: [579n] },
  // 12.00 × 13 / 28 = 5.571 → 5.57
  { what: 'seats in February of another year', anchor: '2027-02-01T00:00:00Z', before: { offer: seated('4') }, after: { offer: seated('4'), items: [seatItem(8n)] }, at: '2027-02-16T00:00:00Z', amounts: [557n] },
  // A year from 29 February 2028 has 365 days until 28 February 2029; 265 are left after 100: 36.50 × 265 / 365 = 26.50
  { what: 'a seat by the year from a leap day', anchor: '2028-02-29T00:00:00Z', before: { offer: yearly(36_500n) }, after: { offer: yearly(36_500n), items: [seatItem(6n)] }, at: '2028-06-08T00:00:00Z', amounts: [2_650n] },
  // 366 days from 1 January 2028, 366 − 183 left: 36.50 / 2 = 18.25
  { what: 'a seat half way through a leap year', anchor: '2028-01-01T00:00:00Z', before: { offer: yearly(36_500n) }, after: { offer: yearly(36_500n), items: [seatItem(6n)] }, at: '2028-07-02T00:00:00Z', amounts: [1_825n] },
  // A week: 2 seats × 7.00 × 3 / 7 days = 6.00
  { what: 'seats by the week', before: { offer: weekly }, after: { offer: weekly, items: [seatItem(7n)] }, at: '2026-04-05T00:00:00Z', amounts: [600n] },
  // In Berlin the clocks go forward on 29 March: that week has 167 hours, 60 of them left: 14.00 × 60 / 167 = 5.0299 → 5.03
  { what: 'seats in a week of 167 hours', anchor: '2026-03-23T23:00:00Z', timeZone: 'Europe/Berlin', before: { offer: weekly }, after: { offer: weekly, items: [seatItem(7n)] }, at: '2026-03-28T10:00:00Z', amounts: [503n] },
  // From 31 January a month ends on 28 February: 14 of 28 days left: 4.00 / 2
  { what: 'a seat in the month from 31 January', anchor: '2026-01-31T00:00:00Z', before: { offer: seated('4') }, after: { offer: seated('4'), items: [seatItem(6n)] }, at: '2026-02-14T00:00:00Z', amounts: [200n] },
  // 1 001 yen × 10 / 30 = 333.67 → 334
  { what: 'seats in yen', before: { offer: yen }, after: { offer: yen, items: [seatItem(8n)] }, at: '2026-04-21T00:00:00Z', amounts: [334n] },
  // 3.704 dinars × 10 / 30 = 1.23467 → 1.235
  { what: 'seats in dinars', before: { offer: dinar }, after: { offer: dinar, items: [seatItem(8n)] }, at: '2026-04-21T00:00:00Z', amounts: [1_235n] },
  // Back 25.00 / 2, charged 29.00 / 2
  { what: 'one more of an add-on, over the border of a tier', before: { offer: usd, items: [addonItem(5n, storageTiers, usd)] }, after: { offer: usd, items: [addonItem(6n, storageTiers, usd)] }, at: '2026-04-16T00:00:00Z', amounts: [-1_250n, 1_450n] },
  // Ten cost 50.00 and eleven 36.66: −25.00 + 18.33
  { what: 'more that is cheaper in all', before: { offer: usd, items: [addonItem(10n, bulk, usd)] }, after: { offer: usd, items: [addonItem(11n, bulk, usd)] }, at: '2026-04-16T00:00:00Z', amounts: [-2_500n, 1_833n] },
  // 19.98 / 2 = 9.99 back
  { what: 'an add-on that is left at once', before: { offer: usd, items: [addonItem(11n, boxes, usd)] }, after: { offer: usd }, at: '2026-04-16T00:00:00Z', amounts: [-999n] },
  // The rest of 4.00 with 20 % off: + 6.00 / 2 back of the old discount, 4.00 / 2, and 6.80 / 2 off
  { what: 'a seat with a percentage off', before: { offer: seated('4'), coupon: { percentage: '20' } }, after: { offer: seated('4'), items: [seatItem(6n)], coupon: { percentage: '20' } }, at: '2026-04-16T00:00:00Z', amounts: [300n, 200n, -340n] },
  // An amount off stays what it is, so it cancels: 4.00 / 2 alone
  { what: 'a seat with an amount off', before: { offer: seated('4'), coupon: { amounts: { USD: 1_000n } } }, after: { offer: seated('4'), items: [seatItem(6n)], coupon: { amounts: { USD: 1_000n } } }, at: '2026-04-16T00:00:00Z', amounts: [200n] },
  // Back 30.00 / 2 and 4.00 / 2; charged 90.00 / 2. Eight seats are included there: one more than six costs nothing
  { what: 'a larger plan that includes the seats', before: { offer: seated('4'), items: [seatItem(6n)] }, after: { offer: madeUpOffer({ key: 'large', amountMinor: 9_000n, ...seatPrice(8n, perUnit('3')) }), items: [seatItem(6n)] }, at: '2026-04-16T00:00:00Z', amounts: [-1_500n, -200n, 4_500n] },
  // The coupon is not for the larger plan: its 3.00 for the rest go
  { what: 'a larger plan that the coupon is not for', before: { offer: usd, coupon: { percentage: '20', plans: ['team'] } }, after: { offer: madeUpOffer({ key: 'large', amountMinor: 9_000n }), coupon: { percentage: '20', plans: ['team'] } }, at: '2026-04-16T00:00:00Z', amounts: [-1_500n, 300n, 4_500n] },
];

describe('worked examples of a change within a period', () => {
  it.each(changes)('$what', ({ before, after, anchor, timeZone = 'UTC', at, amounts }) => {
    const period = billingPeriod(anchor ? new Date(anchor) : started, timeZone, before.offer.price, 0);
    const lines = changeLines(held(before, period.start), held(after, period.start), period, new Date(at));
    expect(lines.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
  });
});

/** What a period is topped up by, of a minimum and what was charged. */
const minimums: [string, string, bigint, bigint, bigint[]][] = [
  // 50.00 − 30.00 = 20.00
  ['what is lacking', 'USD', 5_000n, 3_000n, [2_000n]],
  // 50.00 − 49.99 = 0.01
  ['a cent that is lacking', 'USD', 5_000n, 4_999n, [1n]],
  // Reached to the cent
  ['nothing at the border', 'USD', 5_000n, 5_000n, []],
  ['nothing above it', 'USD', 5_000n, 5_001n, []],
  // 10 000 − 2 999 yen
  ['yen', 'JPY', 10_000n, 2_999n, [7_001n]],
  // 20.000 − 9.875 dinars
  ['dinars', 'KWD', 20_000n, 9_875n, [10_125n]],
];

describe('worked examples of a minimum', () => {
  it.each(minimums)('%s in %s', (_, currency, minimumMinor, charged, amounts) => {
    const period = { start: started, end: new Date('2026-05-01T00:00:00Z') };
    expect(minimumLine(madeUpOffer({ currency }), minimumMinor, charged, period).map(({ amountMinor }) => amountMinor)).toEqual(amounts);
  });
});
