import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { isUnderWay } from './give-up-change';
import { readOverdueHolds, readQuote } from '../quotes/store';
import { dropHold } from './drop-hold';

const together = 100;

/** Drops changes whose payment has not come in time. One whose money may be on its way, as with a bank debit, waits for that. */
export async function dropOverdueHolds(clock: Clock, testClockId: string | null = null): Promise<{ dropped: number }> {
  let dropped = 0;
  for (let after = ''; ; ) {
    const overdue = await readOverdueHolds(database(), testClockId, clock.now(), after, together);
    if (overdue.length === 0) return { dropped };
    for (const { id, accountId } of overdue) {
      after = id;
      if (await drop({ actor: { kind: 'system', id: 'payments' }, accountId, clock, requestId: newId('req') }, id)) dropped += 1;
    }
  }
}

function drop(context: Context, quoteId: string): Promise<boolean> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const quote = await readQuote(transaction, context.accountId, quoteId);
    if (!quote?.heldUntil || quote.usedAt || !quote.invoiceId) return false;
    if (await isUnderWay(transaction, quote.invoiceId)) return false;
    await dropHold(transaction, context, quote);
    return true;
  });
}
