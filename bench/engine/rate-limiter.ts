import { Pool } from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { BenchDatabase } from './database';
import type { Opponent } from './measure';

/** rate-limiter-flexible on the same PostgreSQL: a counter a key, with no event and no idempotency. */
export async function rateLimiter(database: BenchDatabase): Promise<Opponent> {
  const pool = new Pool({ connectionString: database.url, max: 10 });
  pool.on('error', () => undefined);
  const limiter = await new Promise<RateLimiterPostgres>((resolve, reject) => {
    const made: RateLimiterPostgres = new RateLimiterPostgres(
      { storeClient: pool, storeType: 'pool', tableName: 'rate_limit', keyPrefix: 'bench', points: 2_000_000_000, duration: 365 * 86_400, clearExpiredByTimeout: false },
      (error?: Error) => (error ? reject(error) : resolve(made)),
    );
  });
  return {
    name: 'rate-limiter-flexible',
    take: async (customer) => (await limiter.consume(`customer_${customer}`, 1)).remainingPoints >= 0,
    close: () => pool.end(),
  };
}
