import type { Period } from '../../time/period';

/** Another limit of one feature for one account than its plan's. */
export interface QuotaOverride {
  id: string;
  feature: string;
  /** Null: unlimited. */
  limit: bigint | null;
  reason: string;
  /** Null: until it is taken away. */
  endsAt: Date | null;
  createdAt: Date;
}

/** Units on top of the limit of one feature for a while. */
export interface QuotaBoost {
  id: string;
  feature: string;
  quantity: bigint;
  reason: string;
  startsAt: Date;
  /** Exclusive. */
  endsAt: Date;
  createdAt: Date;
}

/** The most that usage past the limits may cost an account in one quota period. */
export interface SpendCapSetting {
  amountMinor: bigint;
  currency: string;
}

/** What an account may have besides its plan. */
export interface Adjustments {
  overrides: readonly QuotaOverride[];
  boosts: readonly QuotaBoost[];
}

export const noAdjustments: Adjustments = { overrides: [], boosts: [] };

/** The farthest moment that a `Date` can tell. */
const forEver = new Date(8.64e15);

/** The stretch of time around the moment in which no override or boost begins or ends. */
export function steadyStretch({ overrides, boosts }: Adjustments, moment: Date): Period {
  const borders = [...overrides.map(({ endsAt }) => endsAt ?? forEver), ...boosts.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])];
  const times = borders.map((border) => border.getTime());
  const from = Math.max(-forEver.getTime(), ...times.filter((time) => time <= moment.getTime()));
  const until = Math.min(forEver.getTime(), ...times.filter((time) => time > moment.getTime()));
  return { start: new Date(from), end: new Date(until) };
}
