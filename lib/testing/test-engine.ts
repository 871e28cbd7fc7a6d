import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { atOnceStatement, encodeAtOnce } from '@/lib/billing/quota/engine/at-once-statement';
import { QuotaEngine } from '@/lib/billing/quota/engine/engine';
import type { MeterItem } from '@/lib/billing/quota/engine/meter-item';
import { asPlainBatch } from '@/lib/billing/quota/engine/plain-batch';
import { useTestDatabase } from './database';

/** Gives the test file a database of its own, as `useTestDatabase` does, and an engine on it. */
export function useTestEngine(): { readonly url: string; readonly engine: QuotaEngine } {
  const { url } = useTestDatabase();
  let engine: QuotaEngine;
  beforeAll(() => {
    engine = new QuotaEngine(url);
  });
  afterAll(() => engine.drain());
  return {
    url,
    get engine() {
      return engine;
    },
  };
}

/** What `quota_take_at_once` itself answers to a batch of plain items: null first where it leaves the batch to another function. */
export async function answerAtOnce(url: string, items: readonly MeterItem[]): Promise<unknown[]> {
  const batch = asPlainBatch(items);
  if (!batch) throw new Error('Not plain.');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: atOnceStatement, values: encodeAtOnce(batch), rowMode: 'array' });
    return rows[0] ?? [];
  } finally {
    await client.end();
  }
}
