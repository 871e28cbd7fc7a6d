import type { Localized, Plan, Price } from '../catalog/catalog';
import { toMajor } from '../money/money';
import type { Period, Recurrence } from '../time/period';
import type { DraftLine } from './invoice';

const once: Record<Recurrence['interval'], Localized> = {
  day: { en: 'daily', zh: '按天' },
  week: { en: 'weekly', zh: '按周' },
  month: { en: 'monthly', zh: '按月' },
  year: { en: 'yearly', zh: '按年' },
};
const units: Record<Recurrence['interval'], string> = { day: '天', week: '周', month: '个月', year: '年' };

/** How often something is charged, in words: `monthly`, `every 3 months`. */
export function recurrenceName({ interval, intervalCount }: Recurrence): Localized {
  if (intervalCount === 1) return once[interval];
  return { en: `every ${intervalCount} ${interval}s`, zh: `每 ${intervalCount} ${units[interval]}` };
}

/** The fee of the plan for one period. */
export function subscriptionLine(plan: Pick<Plan, 'name'>, price: Price, period: Period): DraftLine {
  const recurrence = recurrenceName(price);
  return {
    kind: 'subscription',
    description: { en: `${plan.name.en} plan, ${recurrence.en}`, zh: `${plan.name.zh}套餐（${recurrence.zh}）` },
    quantity: 1n,
    unitAmount: toMajor(price.amountMinor, price.currency),
    amountMinor: price.amountMinor,
    period,
  };
}
