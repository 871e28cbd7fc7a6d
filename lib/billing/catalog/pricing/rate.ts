import { minorUnitDigits } from '../../money/currencies';
import { Exact, roundToMinor } from '../../money/money';
import type { PriceScheme, Step, Tier } from './scheme';

/** A price with the way it was reached, so that it can be explained later. */
export interface Rated {
  /** Minor units, rounded once, half away from zero. */
  amountMinor: bigint;
  /** The exact sum of the steps in major units. */
  amount: string;
  steps: Step[];
}

const exact = (quantity: bigint): Exact => new Exact(quantity.toString());

function step(tier: number | null, quantity: bigint, unitAmount: string, flatAmount = '0'): Step {
  const amount = exact(quantity).times(unitAmount).plus(flatAmount);
  return { tier, quantity, unitAmount, flatAmount, amount: amount.toFixed() };
}

/** The units of each tier that a quantity reaches. */
function graduatedSteps(tiers: readonly Tier[], quantity: bigint): Step[] {
  const steps: Step[] = [];
  let below = 0n;
  for (const [index, { upTo, unitAmount, flatAmount }] of tiers.entries()) {
    if (quantity <= below) break;
    const last = upTo === null || quantity < upTo ? quantity : upTo;
    steps.push(step(index + 1, last - below, unitAmount, flatAmount));
    below = last;
  }
  return steps;
}

function volumeStep(tiers: readonly Tier[], quantity: bigint): Step {
  const index = tiers.findIndex(({ upTo }) => upTo === null || quantity <= upTo);
  const tier = tiers[index];
  if (!tier) throw new RangeError('The last tier of a price must have no end.');
  return step(index + 1, quantity, tier.unitAmount, tier.flatAmount);
}

const hundredth = (percentage: string): Exact => new Exact(percentage).div(100);

function stepsOf(scheme: PriceScheme, quantity: bigint, currency: string): Step[] {
  switch (scheme.kind) {
    case 'per_unit': return [step(null, quantity, scheme.unitAmount)];
    case 'flat': return [step(null, 1n, scheme.amount)];
    case 'package': return [step(null, (quantity + scheme.size - 1n) / scheme.size, scheme.amount)];
    case 'graduated': return graduatedSteps(scheme.tiers, quantity);
    case 'volume': return [volumeStep(scheme.tiers, quantity)];
    case 'percentage': return [step(null, quantity, shareOfMinor(scheme.percentage, currency).toFixed())];
  }
}

/** What the percentage takes of one minor unit, in major units. */
function shareOfMinor(percentage: string, currency: string): Exact {
  return hundredth(percentage).div(new Exact(10).pow(minorUnitDigits(currency)));
}

/** Prices a quantity: exact to the end, rounded once. A quantity of zero or less costs nothing. Pure. */
export function rate(scheme: PriceScheme, quantity: bigint, currency: string): Rated {
  const steps = quantity <= 0n ? [] : stepsOf(scheme, quantity, currency);
  const amount = steps.reduce((sum, one) => sum.plus(one.amount), new Exact(0));
  return { amountMinor: roundToMinor(amount, currency), amount: amount.toFixed(), steps };
}

/** What one unit costs on average, for a line that shows one price: exact to 12 places. */
export function averageUnitAmount({ amount }: Pick<Rated, 'amount'>, quantity: bigint): string {
  return quantity <= 0n ? '0' : new Exact(amount).div(quantity.toString()).toDecimalPlaces(12).toFixed();
}

/**
 * The most that a unit costs on average at any quantity, in major units, rounded up at the twelfth place: so many units
 * never cost more than so many times this. What caps spending counts by it, since it can tell each unit's price before it
 * knows how many will follow. Within a tier the average only rises or only falls, so the ends of the tiers are enough.
 */
export function dearestUnitAmount(scheme: PriceScheme, currency: string): string {
  return dearest(scheme, currency).toDecimalPlaces(12, Exact.ROUND_UP).toFixed();
}

function dearest(scheme: PriceScheme, currency: string): Exact {
  switch (scheme.kind) {
    case 'per_unit': return new Exact(scheme.unitAmount);
    case 'flat': return new Exact(scheme.amount);
    case 'package': return new Exact(scheme.amount);
    case 'percentage': return shareOfMinor(scheme.percentage, currency);
    case 'graduated':
    case 'volume': {
      const ends = scheme.tiers.flatMap(({ upTo }, index) => [(scheme.tiers[index - 1]?.upTo ?? 0n) + 1n, ...(upTo === null ? [] : [upTo])]);
      const averages = ends.map((quantity) => new Exact(rate(scheme, quantity, currency).amount).div(quantity.toString()));
      return Exact.max(new Exact(scheme.tiers.at(-1)?.unitAmount ?? 0), ...averages);
    }
  }
}
