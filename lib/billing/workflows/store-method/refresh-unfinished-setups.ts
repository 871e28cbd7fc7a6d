import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { withoutSetup } from '../../payments/methods/setup';
import { readSetup, readUnfinishedSetups, writeSetup } from '../../payments/methods/store';
import { finishSetup } from './finish-setup';

const minute = 60_000;
/** Minutes between two runs: each setup is asked for once soon after it was left, and once when it is given up. */
export const refreshSetupsEvery = 10;
const givenUpAfter = 24 * 60;
const most = 200;

/** Asks the gateways what became of setups that the customer left, and gives those up that nobody finished within a day. */
export async function refreshUnfinishedSetups(clock: Clock): Promise<{ stored: number; givenUp: number; waiting: number }> {
  const counts = { stored: 0, givenUp: 0, waiting: 0 };
  const before = (minutes: number) => new Date(clock.now().getTime() - minutes * minute);
  const begun = { from: before(2 * refreshSetupsEvery), to: before(refreshSetupsEvery), orBefore: before(givenUpAfter) };
  for (const { id, accountId, createdAt } of await readUnfinishedSetups(database(), begun, most)) {
    const context: Context = { actor: { kind: 'system', id: 'payments' }, accountId, clock, requestId: newId('req') };
    try {
      const { setup } = await finishSetup(context, id);
      if (setup.status === 'succeeded') counts.stored += 1;
      else if (setup.status !== 'processing' && createdAt <= begun.orBefore) counts.givenUp += await giveUp(context, id);
      else counts.waiting += 1;
    } catch (error) {
      log('payments').warn({ err: error, setup: id }, 'what became of a setup could not be asked for; it is asked for again');
      counts.waiting += 1;
    }
  }
  return counts;
}

function giveUp(context: Context, id: string): Promise<number> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await readSetup(transaction, context.accountId, id);
    const after = before && withoutSetup(before, context.clock.now());
    if (!after) return 0;
    await writeSetup(transaction, after);
    await recordAudit(transaction, context, { action: 'payment_setup.canceled', subject: id, before: { status: before.status }, after: { status: after.status } });
    return 1;
  });
}
