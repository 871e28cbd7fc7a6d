import type { Localized } from '../catalog/catalog';
import type { DraftLine } from '../invoices/invoice';
import { chargeDetails, chargeKind, chargeName, periodLines } from '../invoices/period-lines';
import { toMajor } from '../money/money';
import { chargesOf, type Charge, type Sold } from '../subscriptions/charges';
import { prorate } from '../subscriptions/proration';
import type { Period } from '../time/period';

/** All that a whole period costs in advance, with units, add-ons and coupon where a subscription is handed in; no line for what costs nothing. */
export function planFee(sold: Sold, period: Period): DraftLine[] {
  return periodLines(sold, period);
}

interface Share {
  amountMinor: bigint;
  description: Localized;
}

/** A part of a charge for the rest of a period. An add-on stays an add-on; what is taken off stays a discount. */
function restLine(charge: Charge, { amountMinor, description }: Share, rest: Period, currency: string): DraftLine[] {
  if (amountMinor === 0n) return [];
  const whole = chargeKind(charge);
  const kind = whole === 'addon' || (whole === 'discount' && amountMinor < 0n) ? whole : 'proration';
  const { featureKey } = chargeDetails(charge);
  return [{ kind, description, quantity: 1n, unitAmount: toMajor(amountMinor, currency), amountMinor, period: rest, ...(featureKey && { featureKey }) }];
}

const restOf = (period: Period, at: Date): Period => ({ start: at, end: period.end });

function unused(charges: readonly Charge[], sold: Sold, period: Period, at: Date): DraftLine[] {
  return charges.flatMap((charge) => {
    const name = chargeName(charge, sold);
    const description = { en: `Unused time on ${name.en}`, zh: `${name.zh}未使用时间抵扣` };
    return restLine(charge, { amountMinor: -prorate(charge.amountMinor, period, at).unused, description }, restOf(period, at), sold.price.currency);
  });
}

function remaining(charges: readonly Charge[], sold: Sold, period: Period, at: Date): DraftLine[] {
  return charges.flatMap((charge) => {
    const name = chargeName(charge, sold);
    const description = { en: `${name.en} for the rest of the period`, zh: `${name.zh}本周期剩余时间` };
    return restLine(charge, { amountMinor: prorate(charge.amountMinor, period, at).unused, description }, restOf(period, at), sold.price.currency);
  });
}

/** Gives back what a period costs from a moment on. */
export function unusedLine(sold: Sold, period: Period, at: Date): DraftLine[] {
  return unused(chargesOf(sold, period.start), sold, period, at);
}

/** Charges what a period costs from a moment on. */
export function remainingLine(sold: Sold, period: Period, at: Date): DraftLine[] {
  return remaining(chargesOf(sold, period.start), sold, period, at);
}

/** What a change within a period costs: the rest of what was held is given back, the rest of what is held now charged. What stays the same is left out. */
export function changeLines(before: Sold, after: Sold, period: Period, at: Date): DraftLine[] {
  const [old, wanted] = [chargesOf(before, period.start), chargesOf(after, period.start)];
  const mark = (charge: Charge, sold: Sold): string => `${chargeKind(charge)} ${chargeName(charge, sold).en} ${charge.amountMinor}`;
  const [oldMarks, wantedMarks] = [old.map((charge) => mark(charge, before)), wanted.map((charge) => mark(charge, after))];
  return [
    ...unused(old.filter((_, index) => !wantedMarks.includes(oldMarks[index] ?? '')), before, period, at),
    ...remaining(wanted.filter((_, index) => !oldMarks.includes(wantedMarks[index] ?? '')), after, period, at),
  ];
}
