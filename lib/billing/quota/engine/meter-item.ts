/** What may be told about a piece of usage besides how much it was. */
export interface UsageDimensions {
  model?: string;
  inputTokens?: bigint;
  outputTokens?: bigint;
  statusCode?: number;
  latencyMs?: number;
  costCentre?: string;
}

/** Why a request is refused. Their order is known to the database: add at the end. */
export const refusalReasons = [
  'limit_reached',
  'rate_limited',
  'spend_cap_reached',
  'feature_not_included',
  'no_subscription',
  'subscription_paused',
  'not_on_list',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** At most `limit` units in any stretch of `windowSeconds`. */
export interface RateLimit {
  /** The row of `quota_rate` that remembers what was taken. */
  rateId: number;
  windowSeconds: number;
  limit: bigint;
}

/** At most so much money for units past the limits of an account's counters. */
export interface SpendCap {
  /** The same for all items of one account and spend period. */
  group: string;
  /** An exact decimal in major units with the digits of its currency, such as `12.50`: costs are rounded to as many. */
  amount: string;
  /** Every counter of the spend period that has a price past its limit, closed ones too. */
  counterIds: readonly number[];
}

/** What the terms allow, as they were read. */
export interface Allowance {
  /** Used and held together must not pass this; null: nothing stops it. */
  ceiling: bigint | null;
  /** The limit to remember with the answer; null: unlimited. */
  limit: bigint | null;
  /** Decide only if the counter's terms still have this version; null: whatever they are. */
  termsVersion: bigint | null;
  /** Why nothing at all is granted; absent or null: something is. */
  refusal?: RefusalReason | null;
  rates?: readonly RateLimit[];
  spend?: SpendCap | null;
}

/** When it happened. */
export interface Moment {
  occurredAt: Date;
  recordedAt: Date;
  /** Start of the account's hour it is added up in, in minutes since 1970. */
  hour: number;
  /** The account's calendar day it is added up in, in days since 1970-01-01. */
  day: number;
}

interface Keyed {
  /** The event's or reservation's id, a UUID: the same for the same account and idempotency key. */
  id: string;
  keyText: string | null;
  counterId: number;
}

interface OfReservation {
  /** The reservation's or lease's id. */
  id: string;
  counterId: number;
}

/** Takes all of the quantity or nothing. */
export type ConsumeItem = { operation: 'consume'; quantity: bigint; dimensions: UsageDimensions } & Keyed & Allowance & Moment;
/** Counts what has happened, whatever the total. */
export type RecordItem = { operation: 'record'; quantity: bigint; limit: bigint | null; dimensions: UsageDimensions } & Keyed & Moment;
/** Holds all of the quantity or nothing, until it is committed, released or expires. */
export type ReserveItem = { operation: 'reserve'; quantity: bigint; expiresAt: Date } & Keyed & Allowance & Moment;
/** Holds what is left, from `minimum` up to the quantity; counted in full if it expires unsettled, in the cost centre that is told. */
export type LeaseItem = { operation: 'lease'; quantity: bigint; minimum: bigint; expiresAt: Date; dimensions: Pick<UsageDimensions, 'costCentre'> } & Keyed & Allowance & Moment;
/** Turns a reservation into usage of `quantity` units; what exceeds the reservation is decided like a consume. */
export type CommitItem = { operation: 'commit'; quantity: bigint; dimensions: UsageDimensions } & OfReservation & Allowance & Moment;
/** Gives a reservation back. */
export type ReleaseItem = { operation: 'release' } & OfReservation & Moment;
/** Ends a lease of which `quantity` units were used. */
export type SettleItem = { operation: 'settle'; quantity: bigint; limit: bigint | null; dimensions: UsageDimensions } & OfReservation & Moment;
/** Moves a level to `quantity`. */
export type SetLevelItem = { operation: 'level_set'; quantity: bigint; dimensions: UsageDimensions } & Keyed & Allowance & Moment;
/** Moves a level by `quantity`, down where it is negative. */
export type ChangeLevelItem = { operation: 'level_change'; quantity: bigint; dimensions: UsageDimensions } & Keyed & Allowance & Moment;
/**
 * Makes an event, with earlier corrections, count `quantity` units from now on; 0 voids it. `id` is the correction's own id,
 * `occurredAt`, hour and day are those of the event.
 */
export type CorrectItem = { operation: 'correct'; correctsId: string; quantity: bigint; limit: bigint | null } & Keyed & Moment;

/** One thing to decide and record. */
export type MeterItem =
  | ConsumeItem
  | RecordItem
  | ReserveItem
  | LeaseItem
  | CommitItem
  | ReleaseItem
  | SettleItem
  | SetLevelItem
  | ChangeLevelItem
  | CorrectItem;

export type Operation = MeterItem['operation'];

/**
 * `recorded`: done. `repeated`: done before, and this is the answer of then. `key_reused`: its key was used for something
 * else. `terms_changed`: the terms are others by now. `overflow`: a total would pass 2^63 − 1. `not_found`: no such
 * reservation, lease or event. `settled`: the reservation was committed, released or settled otherwise.
 * `below_zero`: a level would fall below zero. `already_voided`: nothing is left to void.
 */
export type Verdict =
  | 'refused'
  | 'recorded'
  | 'repeated'
  | 'key_reused'
  | 'terms_changed'
  | 'overflow'
  | 'not_found'
  | 'settled'
  | 'below_zero'
  | 'already_voided';

export type ReservationStatus = 'held' | 'committed' | 'released' | 'expired' | 'settled';

export interface MeteredReservation {
  status: ReservationStatus;
  /** Units that were held. */
  quantity: bigint;
  /** Units that were used in the end; null while it is held. */
  settledQuantity: bigint | null;
  expiresAt: Date;
}

/** What became of an item. For `repeated` the figures are those of the first time. */
export interface MeterResult {
  verdict: Verdict;
  /** Why it was refused. */
  reason: RefusalReason | null;
  /** For `rate_limited`: when there is room for the quantity again; null if there never is. */
  retryAt: Date | null;
  used: bigint;
  held: bigint;
  /** Units of the event that was written, negative where it takes away; 0 where none was. */
  quantity: bigint;
  limit: bigint | null;
  /** For `repeated`: the end of the period it was counted in. */
  resetsAt: Date | null;
  /** For operations on reservations and leases. */
  reservation: MeteredReservation | null;
}
