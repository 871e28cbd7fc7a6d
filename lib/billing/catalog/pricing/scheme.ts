/**
 * How a quantity is priced. Amounts are exact decimals of major units with up to 12 places.
 * Nothing is charged for a quantity of zero, whatever the scheme.
 */
export type PriceScheme =
  | { kind: 'per_unit'; unitAmount: string }
  /** The same for any quantity. */
  | { kind: 'flat'; amount: string }
  /** By so many units at a time; a package that is begun is charged whole. */
  | { kind: 'package'; size: bigint; amount: string }
  /** Each unit at the price of the tier that it falls into. */
  | { kind: 'graduated'; tiers: Tier[] }
  /** All units at the price of the tier that the whole quantity falls into. */
  | { kind: 'volume'; tiers: Tier[] }
  /** A share of an amount: the quantity is minor units of the currency. */
  | { kind: 'percentage'; percentage: string };

export interface Tier {
  /** The last unit of the tier; null: it has no end. Only the last tier has none. */
  upTo: bigint | null;
  unitAmount: string;
  /** Charged once when the tier is entered. Zero unless said. */
  flatAmount?: string;
}

/** One step of the way to a price: so many units at so much each, and a flat amount beside it. */
export interface Step {
  /** Number of the tier from 1; null where the scheme has no tiers. */
  tier: number | null;
  /** Units, or packages where the scheme sells those. */
  quantity: bigint;
  /** Exact, in major units. */
  unitAmount: string;
  flatAmount: string;
  /** What the step comes to, exact and not rounded. */
  amount: string;
}

/** What is wrong with the tiers, as a sentence; null when they are in order. */
export function tierFault(tiers: readonly Tier[]): string | null {
  if (tiers.length === 0) return 'Name at least one tier.';
  if (tiers.at(-1)?.upTo !== null) return 'The last tier has no end: give it an upTo of null.';
  let border = 0n;
  for (const { upTo } of tiers.slice(0, -1)) {
    if (upTo === null || upTo <= border) return 'Each tier ends above the one before it, and only the last has no end.';
    border = upTo;
  }
  return null;
}
