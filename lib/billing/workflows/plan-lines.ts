import type { Localized } from '../catalog/catalog';
import type { DraftLine } from '../invoices/invoice';
import { recurrenceName, subscriptionLine } from '../invoices/subscription-line';
import { toMajor } from '../money/money';
import { prorate } from '../subscriptions/proration';
import type { Offer } from '../subscriptions/subscription';
import type { Period } from '../time/period';

/** The fee of a plan for a whole period; no line for a plan that costs nothing. */
export function planFee(offer: Offer, period: Period): DraftLine[] {
  return offer.price.amountMinor === 0n ? [] : [subscriptionLine(offer.plan, offer.price, period)];
}

function prorationLine(offer: Offer, description: Localized, amountMinor: bigint, period: Period): DraftLine[] {
  if (amountMinor === 0n) return [];
  return [{ kind: 'proration', description, quantity: 1n, unitAmount: toMajor(amountMinor, offer.price.currency), amountMinor, period }];
}

/** Gives back what a period costs from a moment on. */
export function unusedLine(offer: Offer, period: Period, at: Date): DraftLine[] {
  const recurrence = recurrenceName(offer.price);
  const description = {
    en: `Unused time on ${offer.plan.name.en} (${recurrence.en})`,
    zh: `${offer.plan.name.zh}（${recurrence.zh}）未使用时间抵扣`,
  };
  return prorationLine(offer, description, -prorate(offer.price.amountMinor, period, at).unused, { start: at, end: period.end });
}

/** Charges what a period costs from a moment on. */
export function remainingLine(offer: Offer, period: Period, at: Date): DraftLine[] {
  const recurrence = recurrenceName(offer.price);
  const description = {
    en: `${offer.plan.name.en} (${recurrence.en}) for the rest of the period`,
    zh: `${offer.plan.name.zh}（${recurrence.zh}）本周期剩余时间`,
  };
  return prorationLine(offer, description, prorate(offer.price.amountMinor, period, at).unused, { start: at, end: period.end });
}
