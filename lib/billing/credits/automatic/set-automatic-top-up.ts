import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { getAccount } from '../../accounts/get-account';
import { topUpLimits } from '../top-ups/limits';
import { assertSettings, type AutomaticTopUp } from './automatic-top-up';
import * as store from './store';

export type WantedAutomaticTopUp = Pick<AutomaticTopUp, 'enabled' | 'thresholdMinor' | 'amountMinor' | 'monthlyCeilingMinor'>;

/** The account's settings; switched off with the smallest amounts where it never set any. */
export async function getAutomaticTopUp(context: Context): Promise<AutomaticTopUp> {
  const settings = await store.readAutomaticTopUp(database(), context.accountId);
  if (settings) return settings;
  const { currency } = await getAccount(context);
  const { minimumMinor } = topUpLimits(currency);
  return { enabled: false, currency, thresholdMinor: minimumMinor, amountMinor: minimumMinor, monthlyCeilingMinor: minimumMinor, pausedAt: null, failureCode: null };
}

/**
 * Sets when credit is bought by itself, in the currency of the account. It also ends the pause after a failed payment.
 * Throws `top_up_amount_not_allowed` and `automatic_top_up_ceiling_too_low`.
 */
export function setAutomaticTopUp(context: Context, wanted: WantedAutomaticTopUp): Promise<AutomaticTopUp> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const { currency } = await getAccount(context);
    const before = await store.readAutomaticTopUp(transaction, context.accountId);
    const after: AutomaticTopUp = { ...wanted, currency, pausedAt: null, failureCode: null };
    assertSettings(after);
    await store.writeAutomaticTopUp(transaction, context.accountId, after, context.clock.now());
    await recordAudit(transaction, context, { action: 'automatic_top_up.set', subject: context.accountId, before, after });
    return after;
  });
}
