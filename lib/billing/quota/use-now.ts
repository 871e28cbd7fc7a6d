import { insideTransaction, database } from '@/lib/core/database';
import { GroupCommit } from './engine/group-commit';
import { isHeldUp, isOutage } from './engine/store';
import { readUse, readUseTogether, type CounterUse } from './store';

type Use = ReadonlyMap<number, CounterUse>;

/** Reads that are asked for at the same time are one statement, as decisions are. */
const reads = new GroupCommit<readonly number[], Use>({
  apply: async (lists) => {
    const use = await readUseTogether([...new Set(lists.flat())]);
    return lists.map(() => use);
  },
  isOutage,
  isHeldUp,
  laneOf: () => null,
  batchSize: 1_000,
  concurrency: 2,
  queueSize: 50_000,
});

/**
 * What counters stand at in the database now, by id; the answer may hold others too. Inside a transaction it is as that sees it.
 * Throws `overloaded` when the database is away or too many wait already.
 */
export function useNow(ids: readonly number[]): Promise<Use> {
  if (insideTransaction()) return readUse(database(), ids);
  return new Promise((resolve, reject) => reads.submit(ids, { resolve, reject }));
}
