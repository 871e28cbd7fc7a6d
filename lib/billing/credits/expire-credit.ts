import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { creditExpired } from '../ledger/bookings';
import { post } from '../ledger/post';
import { isOver, partsByOrigin, type Grant } from './grant';
import * as store from './store';

/** Books what is left of grants whose time is over, under the account's lock. Returns those that can be spent. */
async function expireGrants(transaction: Database, context: Context, grants: readonly Grant[]): Promise<Grant[]> {
  const now = context.clock.now();
  for (const grant of grants.filter((one) => isOver(one, now))) {
    const { accountId, currency, leftMinor } = grant;
    const parts = [{ grant, amountMinor: leftMinor }];
    const movement = await store.moveGrants(transaction, { accountId, currency, kind: 'expired', occurredAt: now, parts });
    await post(transaction, context, creditExpired({ reference: `${grant.id} ${movement}`, currency, parts: partsByOrigin(parts) }));
    await recordAudit(transaction, context, { action: 'credit.expired', subject: grant.id, before: { leftMinor }, after: { leftMinor: 0n } });
  }
  return grants.filter((grant) => !isOver(grant, now));
}

/** The credit of the account that can be spent now, in one currency or all; what has run out is booked. Lock the account first. */
export async function spendableGrants(transaction: Database, context: Context, currency?: string): Promise<Grant[]> {
  return expireGrants(transaction, context, await store.readGrantsLeft(transaction, context.accountId, currency));
}

const together = 100;

/**
 * Books credit that has run out, so that it ends at idle accounts too. Any number of workers may do so: under the account's
 * lock whoever comes second finds nothing left. `testClockId`: accounts of that clock; null: of real time. Returns how many
 * accounts it was.
 */
export async function expireDueCredit(clock: Clock, testClockId: string | null = null): Promise<number> {
  let accounts = 0;
  for (;;) {
    const due = await store.readAccountsToExpire(database(), testClockId, clock.now(), together);
    if (due.length === 0) return accounts;
    for (const { accountId } of due) {
      const context: Context = { actor: { kind: 'system', id: 'credits' }, accountId, clock, requestId: newId('req') };
      await inTransaction(async (transaction) => {
        await lockAccount(transaction, accountId);
        await spendableGrants(transaction, context);
      });
      accounts += 1;
    }
  }
}
