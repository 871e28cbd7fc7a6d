import type { ModelPrice } from '../../catalog/model-prices/model-price';
import { costOf, type Cost, type ModelTokens } from '../cost-of-usage';
import { addSlices, latencyPercentile } from '../latency';

/** What the events of one kind add up to. */
export interface Tally {
  quantity: bigint;
  events: bigint;
  /** Events with a status below 400, and with another one; those that told none are in neither. */
  succeeded: bigint;
  failed: bigint;
  /** Events by latency: see `latency.ts`. */
  latency: bigint[];
  tokens: ModelTokens[];
}

/** The same as callers read it. */
export interface TallySummary {
  /** Units; null where they are of several features. */
  quantity: bigint | null;
  events: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  cost: Cost;
  succeeded: bigint;
  failed: bigint;
  /** Share of the events with a status that succeeded, 0 to 1; null when none told a status. */
  successRate: number | null;
  /** Milliseconds that half, 95 % and 99 % of the events did not pass, true to 20 %; null when none told a latency. */
  latency: { p50: number; p95: number; p99: number } | null;
}

export const nothing: Tally = { quantity: 0n, events: 0n, succeeded: 0n, failed: 0n, latency: [], tokens: [] };

/** All of them together. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      quantity: sum.quantity + tally.quantity,
      events: sum.events + tally.events,
      succeeded: sum.succeeded + tally.succeeded,
      failed: sum.failed + tally.failed,
      latency: addSlices(sum.latency, tally.latency),
      tokens: [...sum.tokens, ...tally.tokens],
    }),
    nothing,
  );
}

/** What to tell of a tally; `oneFeature` says whether its units may be added up. */
export function summaryOf(tally: Tally, { prices, currency, oneFeature }: { prices: readonly ModelPrice[]; currency: string; oneFeature: boolean }): TallySummary {
  const { succeeded, failed, latency, tokens } = tally;
  const told = succeeded + failed;
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => latencyPercentile(latency, share));
  return {
    quantity: oneFeature ? tally.quantity : null,
    events: tally.events,
    inputTokens: tokens.reduce((sum, { inputTokens }) => sum + inputTokens, 0n),
    outputTokens: tokens.reduce((sum, { outputTokens }) => sum + outputTokens, 0n),
    cost: costOf(tokens, prices, currency),
    succeeded,
    failed,
    successRate: told > 0n ? Number((succeeded * 10_000n) / told) / 10_000 : null,
    latency: p50 && p95 && p99 ? { p50, p95, p99 } : null,
  };
}
