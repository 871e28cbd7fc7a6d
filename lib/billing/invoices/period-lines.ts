import type { Localized } from '../catalog/catalog';
import { toMajor } from '../money/money';
import { chargesOf, type Charge, type Sold } from '../subscriptions/charges';
import type { Period, Recurrence } from '../time/period';
import type { DraftLine } from './invoice';
import { priceSourceOf } from './line-source';
import { recurrenceName, subscriptionLine } from './subscription-line';

const englishNumber = new Intl.NumberFormat('en-US');
const chineseNumber = new Intl.NumberFormat('zh-CN');

/** What a charge is for, in words. */
export function chargeName({ what }: Charge, { plan, price }: Sold): Localized {
  const recurrence: Localized = recurrenceName(price);
  if (what.kind === 'plan') return { en: `${plan.name.en} (${recurrence.en})`, zh: `${plan.name.zh}（${recurrence.zh}）` };
  if (what.kind === 'discount') {
    const { name, code } = what.coupon.coupon;
    return { en: `${name.en} (${code})`, zh: `${name.zh}（${code}）` };
  }
  const { sold } = what.item;
  if (sold.kind === 'addon') return { en: `${sold.addon.name.en}, ${recurrence.en}`, zh: `${sold.addon.name.zh}（${recurrence.zh}）` };
  const { name, unit } = sold.feature;
  if (what.included === 0n) return { en: `${name.en}, ${recurrence.en}`, zh: `${name.zh}（${recurrence.zh}）` };
  return {
    en: `${name.en} beyond the ${englishNumber.format(what.included)} included, ${recurrence.en}`,
    zh: `${name.zh}（超出套餐内含的 ${chineseNumber.format(what.included)} ${unit.zh}，${recurrence.zh}）`,
  };
}

/** The kind of line that the charge is on an invoice of a whole period. */
export function chargeKind({ what }: Charge): 'subscription' | 'addon' | 'discount' {
  if (what.kind === 'discount') return 'discount';
  return what.kind === 'item' && what.item.sold.kind === 'addon' ? 'addon' : 'subscription';
}

/** What of a charge stands on every line that is made of it. */
export function chargeDetails({ what, quantity, unitAmount, working }: Charge): Pick<DraftLine, 'quantity' | 'unitAmount' | 'featureKey' | 'working'> {
  const featureKey = what.kind === 'item' && what.item.sold.kind === 'units' ? what.item.sold.feature.key : undefined;
  return { quantity, unitAmount, ...(featureKey && { featureKey }), ...(working && { working }) };
}

/** All that a whole period costs in advance, a line each: the plan, units and add-ons, less the coupon. Nothing costs no line. */
export function periodLines(sold: Sold, period: Period): DraftLine[] {
  return chargesOf(sold, period.start).map((charge) =>
    charge.what.kind === 'plan'
      ? { ...subscriptionLine(sold.plan, sold.price, period), madeFrom: { kind: 'plan_fee', ...priceSourceOf(sold) } }
      : { kind: chargeKind(charge), description: chargeName(charge, sold), ...chargeDetails(charge), amountMinor: charge.amountMinor, period },
  );
}

/** The fee that is charged once, at the first paid purchase of the plan; no line where there is none. */
export function setupFeeLine({ plan, price }: Sold, period: Period): DraftLine[] {
  const amountMinor = price.setupFeeMinor ?? 0n;
  if (amountMinor === 0n) return [];
  const description = { en: `Setup of ${plan.name.en}`, zh: `${plan.name.zh}开通费` };
  return [{ kind: 'setup_fee', description, quantity: 1n, unitAmount: toMajor(amountMinor, price.currency), amountMinor, period, priceId: price.id }];
}

/** What the charges of a period lack of the minimum that was agreed for it; no line when they reach it. */
export function minimumLine({ plan, price }: Sold, minimumMinor: bigint, chargedMinor: bigint, period: Period): DraftLine[] {
  const amountMinor = minimumMinor - chargedMinor;
  if (amountMinor <= 0n) return [];
  const recurrence = recurrenceName(price satisfies Recurrence);
  const description = { en: `Up to the minimum of ${plan.name.en} (${recurrence.en})`, zh: `${plan.name.zh}（${recurrence.zh}）最低消费补足` };
  return [{ kind: 'minimum', description, quantity: 1n, unitAmount: toMajor(amountMinor, price.currency), amountMinor, period, priceId: price.id }];
}
