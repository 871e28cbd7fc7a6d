import type { CostCentre } from '../../cost-centres/cost-centre';
import type { CentreUsage } from '../../cost-centres/cost-of-centres';
import { allocate } from '../../money/allocate';
import { Exact, roundToMinor } from '../../money/money';

/** What one centre used of one feature in the month. */
export interface ShownUsage {
  feature: string;
  quantity: bigint;
  events: bigint;
  /** Exact, in major units. */
  cost: string;
  /** Units without a price, which the cost leaves out. */
  unpricedQuantity: bigint;
  /** Its part of the bill, in minor units. */
  billMinor: bigint;
}

/** What one centre cost in the month. Amounts in minor units are of the account's currency. */
export interface CentreShowback {
  /** Null for usage that named a key without a cost centre, and for usage that named none. */
  centre: CostCentre | null;
  /** What usage named it by; null: usage that named none. */
  key: string | null;
  /** What it used, the costliest feature first. */
  usage: ShownUsage[];
  /** Exact, in major units. */
  cost: string;
  costMinor: bigint;
  /** Of the month before. */
  previousCostMinor: bigint;
  /** Share of the month's cost, 0 to 1; 0 where nothing cost anything. */
  share: number;
  /** Its part of the bill: the parts of all add up to it. */
  billMinor: bigint;
}

export interface Bill {
  /** How many invoices were issued in the month. */
  invoices: number;
  /** What they came to with tax, before prepaid credit and after credit notes, in minor units. */
  totalMinor: bigint;
}

export interface Showback {
  /** Such as `2026-11`. */
  month: string;
  currency: string;
  /** Cost centres and keys without one, the costliest first. Archived centres only where they used something. */
  items: CentreShowback[];
  /** What usage named no cost centre. */
  unassigned: CentreShowback;
  costMinor: bigint;
  previousCostMinor: bigint;
  bill: Bill;
}

export interface ShowbackFacts {
  month: string;
  currency: string;
  centres: readonly CostCentre[];
  usage: readonly CentreUsage[];
  previousUsage: readonly CentreUsage[];
  bill: Bill;
}

const sumOf = (usage: readonly CentreUsage[]): Exact => usage.reduce((sum, { cost }) => sum.plus(cost), new Exact(0));

/** Costs as whole weights; what is below zero, as a correction of an earlier month may be, takes no part. */
const weightOf = ({ cost }: CentreUsage): bigint => (cost.isNegative() ? 0n : BigInt(cost.times('1e18').toFixed(0)));

/** The parts of the bill by the usage's cost; where nothing cost anything, none has a part. */
function partsOf(usage: readonly CentreUsage[], totalMinor: bigint): Map<CentreUsage, bigint> {
  const weights = usage.map(weightOf);
  if (!weights.some((weight) => weight > 0n)) return new Map();
  const parts = allocate(totalMinor, weights);
  return new Map(usage.map((one, index) => [one, parts[index] ?? 0n]));
}

/** Who is shown what: every centre that is in use or used something, and every key that usage named without one. Pure. */
export function decideShowback({ month, currency, centres, usage, previousUsage, bill }: ShowbackFacts): Showback {
  const parts = partsOf(usage, bill.totalMinor);
  const total = sumOf(usage);
  const shown = (key: string | null): CentreShowback => {
    const own = usage.filter(({ centre }) => centre === key);
    const cost = sumOf(own);
    return {
      centre: centres.find((centre) => centre.key === key) ?? null,
      key,
      usage: [...own].sort((one, other) => other.cost.comparedTo(one.cost) || (one.feature < other.feature ? -1 : 1)).map((one) => ({
        feature: one.feature, quantity: one.quantity, events: one.events, cost: one.cost.toFixed(), unpricedQuantity: one.unpricedQuantity, billMinor: parts.get(one) ?? 0n,
      })),
      cost: cost.toFixed(),
      costMinor: roundToMinor(cost, currency),
      previousCostMinor: roundToMinor(sumOf(previousUsage.filter(({ centre }) => centre === key)), currency),
      share: total.isPositive() && !total.isZero() ? cost.dividedBy(total).toNumber() : 0,
      billMinor: own.reduce((sum, one) => sum + (parts.get(one) ?? 0n), 0n),
    };
  };
  const keys = new Set<string>(centres.filter(({ archivedAt }) => archivedAt === null).map(({ key }) => key));
  for (const { centre } of [...usage, ...previousUsage]) if (centre !== null) keys.add(centre);
  const unassigned = shown(null);
  // Where nothing cost anything, nobody can be asked for the bill.
  if (parts.size === 0) unassigned.billMinor = bill.totalMinor;
  return {
    month,
    currency,
    items: [...keys].map(shown).sort((one, other) => new Exact(other.cost).comparedTo(one.cost) || nameOf(one).localeCompare(nameOf(other), 'en')),
    unassigned,
    costMinor: roundToMinor(total, currency),
    previousCostMinor: roundToMinor(sumOf(previousUsage), currency),
    bill,
  };
}

const nameOf = ({ centre, key }: CentreShowback): string => centre?.name ?? key ?? '';
