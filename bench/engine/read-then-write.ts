import { inTransaction, disconnect } from '@/lib/core/database';
import { eventId } from '@/lib/billing/quota/engine/engine';
import type { BenchDatabase } from './database';
import type { Opponent } from './measure';

/** What Prisma counted of what it acknowledged. */
export interface Miscount {
  acknowledged: number;
  counted: number;
}

/**
 * What is commonly written: a transaction in Prisma that reads the counter, compares, writes the sum and creates the event. It
 * loses what others write in between.
 */
export async function readThenWrite(database: BenchDatabase, customers: number): Promise<Opponent & { miscount(): Promise<Miscount> }> {
  process.env.DATABASE_URL = database.url;
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO quota_counter (account_id, feature_key, period_start, period_end, updated_at)
     SELECT 'prisma_' || n, 'api_calls', '2026-01-01', '2036-01-01', now() FROM generate_series(1, $1) n RETURNING id`,
    [customers],
  );
  const ids = rows.map(({ id }) => BigInt(id));
  let acknowledged = 0;
  return {
    name: 'Prisma, read then write',
    take: async (customer) => {
      const id = ids[customer] ?? 0n;
      const taken = await inTransaction(async (transaction) => {
        const counter = await transaction.quotaCounter.findUniqueOrThrow({ where: { id } });
        if (counter.used + 1n > 2n ** 62n) return false;
        const now = new Date();
        await transaction.quotaCounter.update({ where: { id }, data: { used: counter.used + 1n } });
        await transaction.usageEvent.create({ data: { counterId: id, occurredAt: now, recordedAt: now, id: eventId('prisma', null, now), quantity: 1n } });
        return true;
      });
      if (taken) acknowledged += 1;
      return taken;
    },
    miscount: async () => {
      const { rows: sums } = await database.pool.query<{ counted: string }>(`SELECT sum(used) AS counted FROM quota_counter WHERE account_id LIKE 'prisma_%'`);
      return { acknowledged, counted: Number(sums[0]?.counted) };
    },
    close: disconnect,
  };
}
