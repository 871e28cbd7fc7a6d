import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { insertTransaction } from './store';
import { balanced, type Booking } from './transaction';

/**
 * Books what moved money, in the transaction that moved it: the only way into the ledger. A cause that was booked before is
 * not booked again; one that moves nothing is not booked at all. Returns whether it was booked now.
 * Throws RangeError unless the entries sum to zero; the database holds that too.
 */
export async function post(transaction: Database, context: Context, { kind, reference, currency, entries }: Booking): Promise<boolean> {
  const moving = balanced(entries);
  if (moving.length === 0) return false;
  return insertTransaction(transaction, { id: newId('ltx'), accountId: context.accountId, kind, reference, currency, occurredAt: context.clock.now(), entries: moving });
}
