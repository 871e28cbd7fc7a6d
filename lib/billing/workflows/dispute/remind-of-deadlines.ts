import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { markReminded, readDispute, readDueReminders, readSellerOfDisputes } from '../../payments/disputes/store';
import { remindOfDispute } from './tell-of-dispute';

const together = 100;
/** How long before the deadline the seller is reminded: time to gather evidence over a weekend. */
const before = 72 * 3_600_000;

/**
 * Reminds sellers, once a deadline, of disputes that still want an answer within three days. Deadlines are the payment
 * providers', so real time counts. Any number of workers may run it.
 */
export async function remindOfDeadlines(clock: Clock): Promise<{ reminded: number }> {
  let reminded = 0;
  for (;;) {
    const from = clock.now();
    const due = await readDueReminders(database(), { from, to: new Date(from.getTime() + before), most: together });
    if (due.length === 0) return { reminded };
    for (const { id, accountId } of due) reminded += await remind({ actor: { kind: 'system', id: 'disputes' }, accountId, clock, requestId: newId('req') }, id);
  }
}

function remind(context: Context, id: string): Promise<number> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const dispute = await readDispute(transaction, context.accountId, id);
    if (!dispute || !(await markReminded(transaction, dispute))) return 0;
    await remindOfDispute(transaction, context, dispute, await readSellerOfDisputes(transaction, context.accountId));
    await recordAudit(transaction, context, { action: 'dispute.reminded', subject: id, after: { respondBy: dispute.respondBy } });
    return 1;
  });
}
