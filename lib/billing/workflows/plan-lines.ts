import type { Localized } from '../catalog/catalog';
import type { DraftLine } from '../invoices/invoice';
import { chargeDetails, chargeKind, chargeName, periodLines } from '../invoices/period-lines';
import { toMajor } from '../money/money';
import { priceSourceOf } from '../invoices/line-source';
import { chargesOf, type Charge, type Sold } from '../subscriptions/charges';
import { bySecond, prorate, shareLeft, type ProrationRule } from '../subscriptions/proration';
import { pricedPeriod, type Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';

/** What is sold, as of the period that it is in, where it is in one: a coupon counts by its start. */
type SoldNow = Sold & { currentPeriod?: Period };

/** A period that is cut at a moment, by a rule. */
interface Cut {
  /** The time that the whole price is for. */
  period: Period;
  at: Date;
  rule: ProrationRule;
}

/** All that a whole period costs in advance, with units, add-ons and coupon where a subscription is handed in; no line for what costs nothing. */
export function planFee(sold: Sold, period: Period): DraftLine[] {
  return periodLines(sold, period);
}

/** What a subscription's current period costs in advance: whole, or the share of a first period by the calendar. */
export function openingFee(subscription: Subscription, rule: ProrationRule): DraftLine[] {
  const { pricedFrom, currentPeriod } = subscription;
  return pricedFrom ? remainingLine(subscription, pricedPeriod(subscription), currentPeriod.start, rule) : planFee(subscription, currentPeriod);
}

const chargesIn = (sold: SoldNow, period: Period): Charge[] => chargesOf(sold, sold.currentPeriod?.start ?? period.start);

/** A part of a charge for the rest of a period. An add-on stays an add-on; what is taken off stays a discount. */
function restLine(charge: Charge, sold: Sold, description: Localized, { period, at, rule }: Cut, direction: 'unused' | 'remaining'): DraftLine[] {
  const share = prorate(charge.amountMinor, period, at, rule).unused;
  const amountMinor = direction === 'unused' ? -share : share;
  if (amountMinor === 0n) return [];
  const whole = chargeKind(charge);
  const kind = whole === 'addon' || (whole === 'discount' && amountMinor < 0n) ? whole : 'proration';
  const { featureKey } = chargeDetails(charge);
  const madeFrom = {
    kind: 'proration' as const, ...priceSourceOf(sold), priceMinor: charge.amountMinor, isPlan: charge.what.kind === 'plan', direction, ...shareLeft(period, at, rule),
  };
  return [{
    kind, description, quantity: 1n, unitAmount: toMajor(amountMinor, sold.price.currency), amountMinor, period: { start: at, end: period.end },
    ...(featureKey && { featureKey }), madeFrom,
  }];
}

function unused(charges: readonly Charge[], sold: Sold, cut: Cut): DraftLine[] {
  return charges.flatMap((charge) => {
    const name = chargeName(charge, sold);
    return restLine(charge, sold, { en: `Unused time on ${name.en}`, zh: `${name.zh}未使用时间抵扣` }, cut, 'unused');
  });
}

function remaining(charges: readonly Charge[], sold: Sold, cut: Cut): DraftLine[] {
  return charges.flatMap((charge) => {
    const name = chargeName(charge, sold);
    return restLine(charge, sold, { en: `${name.en} for the rest of the period`, zh: `${name.zh}本周期剩余时间` }, cut, 'remaining');
  });
}

/** Gives back what a period costs from a moment on. */
export function unusedLine(sold: SoldNow, period: Period, at: Date, rule: ProrationRule = bySecond): DraftLine[] {
  return unused(chargesIn(sold, period), sold, { period, at, rule });
}

/** Charges what a period costs from a moment on. */
export function remainingLine(sold: SoldNow, period: Period, at: Date, rule: ProrationRule = bySecond): DraftLine[] {
  return remaining(chargesIn(sold, period), sold, { period, at, rule });
}

/** What a change within a period costs: the rest of what was held is given back, the rest of what is held now charged. What stays the same is left out. */
export function changeLines(before: SoldNow, after: SoldNow, period: Period, at: Date, rule: ProrationRule = bySecond): DraftLine[] {
  const [old, wanted] = [chargesIn(before, period), chargesIn(after, period)];
  const mark = (charge: Charge, sold: Sold): string => `${chargeKind(charge)} ${chargeName(charge, sold).en} ${charge.amountMinor}`;
  const [oldMarks, wantedMarks] = [old.map((charge) => mark(charge, before)), wanted.map((charge) => mark(charge, after))];
  const cut = { period, at, rule };
  return [
    ...unused(old.filter((_, index) => !wantedMarks.includes(oldMarks[index] ?? '')), before, cut),
    ...remaining(wanted.filter((_, index) => !oldMarks.includes(wantedMarks[index] ?? '')), after, cut),
  ];
}
