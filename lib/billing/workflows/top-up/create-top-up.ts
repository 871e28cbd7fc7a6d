import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { getAccount } from '../../accounts/get-account';
import { assertTopUpAmount } from '../../credits/top-ups/limits';
import { insertTopUp } from '../../credits/top-ups/store';
import type { TopUp } from '../../credits/top-ups/top-up';

export interface WantedTopUp {
  /** Minor units. */
  amountMinor: bigint;
  /** The account's own unless said; no other is taken. */
  currency?: string | undefined;
}

/**
 * Writes down that the account wants to buy credit, in the transaction under way and under the account's lock. It becomes
 * credit when a payment attempt of it has gone through. Throws `currency_mismatch` and `top_up_amount_not_allowed`.
 */
export async function createTopUp(transaction: Database, context: Context, { amountMinor, currency }: WantedTopUp, cause: TopUp['cause'] = 'purchase'): Promise<TopUp> {
  const account = await getAccount(context);
  if (currency !== undefined && currency !== account.currency) throw new DomainError('currency_mismatch');
  assertTopUpAmount(amountMinor, account.currency);
  const topUp: TopUp = {
    id: newId('top'), accountId: context.accountId, amountMinor, currency: account.currency, cause, status: 'pending', failureCode: null,
    invoiceId: null, grantId: null, createdAt: context.clock.now(), finishedAt: null,
  };
  await insertTopUp(transaction, topUp);
  await recordAudit(transaction, context, { action: 'top_up.requested', subject: topUp.id, after: { amountMinor, currency: topUp.currency, cause } });
  return topUp;
}
