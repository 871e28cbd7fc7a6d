import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { getAccount } from '../../accounts/get-account';
import { isDue } from '../../credits/automatic/automatic-top-up';
import { readAutomaticTopUp, readLowAccounts } from '../../credits/automatic/store';
import { available } from '../../credits/grant';
import { readGrantsLeft } from '../../credits/store';
import { readAutomatic } from '../../credits/top-ups/store';
import { firstOfMonth } from '../../time/period';
import { chargeableMethod, requestAttempt } from '../collect-payment/request-payment';
import { createTopUp } from './create-top-up';

/**
 * Buys credit by itself where the account wants that and too little is left, in the transaction under way and under the
 * account's lock: the default payment method is charged once that commits. Returns whether it does.
 */
export async function buyWhenLow(transaction: Database, context: Context): Promise<boolean> {
  const { accountId, clock } = context;
  const settings = await readAutomaticTopUp(transaction, accountId);
  if (!settings?.enabled || settings.pausedAt) return false;
  const { currency, timeZone } = await getAccount(context);
  if (currency !== settings.currency) return false;
  const now = clock.now();
  const balanceMinor = available(await readGrantsLeft(transaction, accountId, currency), now);
  if (!isDue(settings, { balanceMinor, ...(await readAutomatic(transaction, accountId, currency, firstOfMonth(now, timeZone))) })) return false;
  const method = await chargeableMethod(transaction, accountId, currency);
  if (!method) return false;
  const byItself: Context = { ...context, actor: { kind: 'system', id: 'automatic_top_up' } };
  const topUp = await createTopUp(transaction, byItself, { amountMinor: settings.amountMinor }, 'automatic');
  await requestAttempt(transaction, byItself, { topUpId: topUp.id, amountMinor: topUp.amountMinor, currency }, { gateway: method.gateway, paymentMethodId: method.id });
  return true;
}

const together = 100;

/**
 * Buys credit for every account that wants it and has too little: what a spend has not set off, such as credit that ran out
 * or a new month. Any number of workers may do so. `testClockId`: accounts of that clock; null: of real time.
 */
export async function buyForLowAccounts(clock: Clock, testClockId: string | null = null): Promise<{ bought: number; failed: number }> {
  const counts = { bought: 0, failed: 0 };
  for (let after = ''; ; ) {
    const low = await readLowAccounts(database(), { testClockId, now: clock.now(), after, most: together });
    if (low.length === 0) return counts;
    for (const { accountId } of low) {
      after = accountId;
      const context: Context = { actor: { kind: 'system', id: 'automatic_top_up' }, accountId, clock, requestId: newId('req') };
      try {
        const bought = await inTransaction(async (transaction) => {
          await lockAccount(transaction, accountId);
          return buyWhenLow(transaction, context);
        });
        if (bought) counts.bought += 1;
      } catch (error) {
        log('credits').error({ err: error, accountId }, 'credit could not be bought by itself');
        counts.failed += 1;
      }
    }
  }
}
