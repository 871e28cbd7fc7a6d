import type { Localized } from '../catalog/catalog';
import type { DraftLine } from '../invoices/invoice';
import { recurrenceName, subscriptionLine } from '../invoices/subscription-line';
import { toMajor } from '../money/money';
import { priceSourceOf } from '../invoices/line-source';
import { bySecond, prorate, shareLeft, type ProrationRule } from '../subscriptions/proration';
import { pricedPeriod, type Offer, type Subscription } from '../subscriptions/subscription';
import type { Period } from '../time/period';

/** The fee of a plan for a whole period; no line for a plan that costs nothing. */
export function planFee(offer: Offer, period: Period): DraftLine[] {
  return offer.price.amountMinor === 0n ? [] : [{ ...subscriptionLine(offer.plan, offer.price, period), madeFrom: { kind: 'plan_fee', ...priceSourceOf(offer) } }];
}

interface Cut {
  period: Period;
  at: Date;
  rule: ProrationRule;
  direction: 'unused' | 'remaining';
}

function prorationLine(offer: Offer, description: Localized, { period, at, rule, direction }: Cut): DraftLine[] {
  const { unused } = prorate(offer.price.amountMinor, period, at, rule);
  if (unused === 0n) return [];
  const amountMinor = direction === 'unused' ? -unused : unused;
  const madeFrom = { kind: 'proration' as const, ...priceSourceOf(offer), direction, ...shareLeft(period, at, rule) };
  return [{ kind: 'proration', description, quantity: 1n, unitAmount: toMajor(amountMinor, offer.price.currency), amountMinor, period: { start: at, end: period.end }, madeFrom }];
}

/** The fee of a subscription's current period: whole, or the share of a first period by the calendar. */
export function openingFee(subscription: Subscription, rule: ProrationRule): DraftLine[] {
  const { pricedFrom, currentPeriod } = subscription;
  return pricedFrom ? remainingLine(subscription, pricedPeriod(subscription), currentPeriod.start, rule) : planFee(subscription, currentPeriod);
}

/** Gives back what a period costs from a moment on. */
export function unusedLine(offer: Offer, period: Period, at: Date, rule: ProrationRule = bySecond): DraftLine[] {
  const recurrence = recurrenceName(offer.price);
  const description = {
    en: `Unused time on ${offer.plan.name.en} (${recurrence.en})`,
    zh: `${offer.plan.name.zh}（${recurrence.zh}）未使用时间抵扣`,
  };
  return prorationLine(offer, description, { period, at, rule, direction: 'unused' });
}

/** Charges what a period costs from a moment on. */
export function remainingLine(offer: Offer, period: Period, at: Date, rule: ProrationRule = bySecond): DraftLine[] {
  const recurrence = recurrenceName(offer.price);
  const description = {
    en: `${offer.plan.name.en} (${recurrence.en}) for the rest of the period`,
    zh: `${offer.plan.name.zh}（${recurrence.zh}）本周期剩余时间`,
  };
  return prorationLine(offer, description, { period, at, rule, direction: 'remaining' });
}
