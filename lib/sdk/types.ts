/** A number of units. Answers carry `bigint`, since a count may pass 2^53. */
export type Quantity = number | bigint;

/** What may be told about usage besides how much it was. */
export interface Dimensions {
  /** The model that was called. */
  model?: string;
  inputTokens?: Quantity;
  outputTokens?: Quantity;
  /** HTTP status that the call ended with. */
  statusCode?: number;
  latencyMs?: number;
  costCentre?: string;
}

/** The answer to "may this happen?". */
export interface Decision {
  feature: string;
  allowed: boolean;
  /** Why it is refused, such as `limit_reached`; null when it is not. */
  reason: string | null;
  quantity: bigint;
  /** What happens past the limit: `block`, `overage` or `warn`. */
  policy: string | null;
  /** Null: unlimited, or not counted. */
  limit: bigint | null;
  used: bigint | null;
  /** Units of open reservations and leases. */
  held: bigint | null;
  /** What is left: the limit less what is used and held. */
  remaining: bigint | null;
  /** Units past the limit. */
  overage: bigint | null;
  /** When the limit begins anew. */
  resetsAt: Date | null;
  /** After how many seconds there is room again, where a rate refused. */
  retryAfterSeconds: number | null;
  /** Id of the usage event, by which it can be voided or corrected; null where nothing was counted. */
  event: string | null;
}

export type ReservationStatus = 'held' | 'committed' | 'released' | 'expired' | 'settled';

/** Units that are held until they are committed, released or expire. */
export interface Reservation {
  id: string;
  status: ReservationStatus;
  quantity: bigint;
  expiresAt: Date;
}

export interface ReserveDecision extends Decision {
  /** Null when refused. */
  reservation: Reservation | null;
}

export interface CheckOptions {
  feature: string;
  /** Units, or for a level the level to move to; 1 unless said. */
  quantity?: Quantity;
  /** The member of a list feature that is meant, such as a model. */
  value?: string;
}

export interface ConsumeOptions extends Dimensions {
  feature: string;
  /** Units; 1 unless said. */
  quantity?: Quantity;
  /** Names this piece of work, so that it counts once however often it is sent. Made up unless given. */
  idempotencyKey?: string;
}

export interface ReserveOptions {
  feature: string;
  /** Units to hold; 1 unless said. */
  quantity?: Quantity;
  /** When the units return by themselves; 600 unless said, at most 86 400. */
  expiresInSeconds?: number;
  idempotencyKey?: string;
}

export interface CommitOptions extends Dimensions {
  /** Id of the reservation. */
  reservation: string;
  /** What was really used, more or less than was held; all that was held unless said. */
  quantity?: Quantity;
}

export interface ReleaseOptions {
  /** Id of the reservation. */
  reservation: string;
}

/** One of `set`, `increase` and `decrease`. */
export type LevelOptions = { feature: string; idempotencyKey?: string } & (
  | { set: Quantity; increase?: undefined; decrease?: undefined }
  | { set?: undefined; increase: Quantity; decrease?: undefined }
  | { set?: undefined; increase?: undefined; decrease: Quantity }
);

export interface UsageEvent extends Dimensions {
  feature: string;
  /** Units; 1 unless said. */
  quantity?: Quantity;
  /** When it happened; now unless said. */
  occurredAt?: Date;
  /** Made up unless given. */
  idempotencyKey?: string;
}
