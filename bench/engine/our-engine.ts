import { eventId, QuotaEngine } from '@/lib/billing/quota/engine/engine';
import type { BenchDatabase } from './database';
import type { Opponent } from './measure';

const limit = 2n ** 62n;

/** What each call has beside a counter: nothing, an idempotency key of its own, or a limit of pace by the minute. */
export type CallsWith = 'nothing' | 'keys' | 'rates';

const names: Record<CallsWith, string> = { nothing: 'engine', keys: 'engine, with keys', rates: 'engine, with rates' };

/** The engine of the portal on counters of the customers. */
export async function ourEngine(database: BenchDatabase, customers: number, callsWith: CallsWith): Promise<Opponent> {
  const name = names[callsWith];
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO quota_counter (account_id, feature_key, period_start, period_end, updated_at)
     SELECT $2 || n, 'api_calls', '2026-01-01', '2036-01-01', now() FROM generate_series(1, $1) n RETURNING id`,
    [customers, name],
  );
  const counters = rows.map(({ id }) => Number(id));
  const { rows: rates } = await database.pool.query<{ id: string }>(
    `INSERT INTO quota_rate (account_id, feature_key, window_seconds) SELECT $2 || n, 'api_calls', 60 FROM generate_series(1, $1) n RETURNING id`,
    [callsWith === 'rates' ? customers : 0, name],
  );
  const engine = new QuotaEngine(database.url);
  let calls = 0;
  return {
    name,
    take: async (customer) => {
      const now = new Date();
      const keyText = callsWith === 'keys' ? `call-${(calls += 1)}` : null;
      const { verdict } = await engine.submit('api_calls', {
        operation: 'consume', id: eventId('bench', keyText, now), keyText, counterId: counters[customer] ?? 0, quantity: 1n, ceiling: limit, limit,
        termsVersion: 0n, occurredAt: now, recordedAt: now, hour: Math.floor(now.getTime() / 3_600_000) * 60, day: Math.floor(now.getTime() / 86_400_000),
        dimensions: {},
        rates: rates.length > 0 ? [{ rateId: Number(rates[customer]?.id), windowSeconds: 60, limit }] : undefined,
      });
      return verdict === 'recorded';
    },
    close: () => engine.drain(),
  };
}
