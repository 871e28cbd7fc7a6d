/** What may be told about a piece of usage besides how much it was. */
export interface UsageDimensions {
  model?: string;
  inputTokens?: bigint;
  outputTokens?: bigint;
  statusCode?: number;
  latencyMs?: number;
  costCentre?: string;
}

/** One piece of usage to decide and record. */
export interface MeterItem {
  /** The event's id, a UUID: the same for the same account and idempotency key. */
  id: string;
  keyText: string | null;
  counterId: number;
  quantity: bigint;
  /** The counter must not pass this; null: count it whatever the total. */
  ceiling: bigint | null;
  /** The limit to remember with the event; null: unlimited. */
  limit: bigint | null;
  /** Decide only if the counter's terms still have this version; null: whatever they are. */
  termsVersion: bigint | null;
  occurredAt: Date;
  recordedAt: Date;
  /** Start of the hour it is added up in, in minutes since 1970. */
  hour: number;
  dimensions: UsageDimensions;
}

export type Verdict = 'refused' | 'recorded' | 'repeated' | 'key_reused' | 'terms_changed' | 'overflow';

/** What became of an item. For `repeated` the figures are those of the first time. */
export interface MeterResult {
  verdict: Verdict;
  used: bigint;
  limit: bigint | null;
  /** For `repeated`: the end of the period it was counted in. */
  resetsAt: Date | null;
}
