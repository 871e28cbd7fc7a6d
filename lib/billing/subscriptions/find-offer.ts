import { DomainError } from '@/lib/core/errors';
import type { Plan } from '../catalog/catalog';
import type { IntervalUnit } from '../time/period';
import type { Offer } from './subscription';

/** Which price of which plan a customer asks for. */
export interface PlanChoice {
  /** Key of an offered plan, such as `pro`. */
  plan: string;
  interval: IntervalUnit;
  intervalCount: number;
}

/** The chosen price in the currency. Throws `unknown_plan`, and `price_not_offered` when the plan has no such price. */
export function findOffer(offered: readonly Plan[], currency: string, choice: PlanChoice): Offer {
  const plan = offered.find(({ key }) => key === choice.plan);
  if (!plan) throw new DomainError('unknown_plan');
  const price = plan.prices.find(
    (candidate) =>
      candidate.currency === currency && candidate.interval === choice.interval && candidate.intervalCount === choice.intervalCount,
  );
  if (!price) throw new DomainError('price_not_offered');
  return { plan, price };
}

/** What an account falls back to when its subscription ends: the smallest plan that costs nothing by the month, if one is offered. */
export function findFallback(offered: readonly Plan[], currency: string): Offer | null {
  const offers = offered.flatMap((plan) => plan.prices.map((price) => ({ plan, price })));
  const free = offers.filter(
    ({ price }) => price.currency === currency && price.amountMinor === 0n && price.interval === 'month' && price.intervalCount === 1,
  );
  return free.sort((one, other) => one.plan.rank - other.plan.rank)[0] ?? null;
}
