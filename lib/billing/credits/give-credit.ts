import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { getAccount } from '../accounts/get-account';
import type { Grant } from './grant';
import { grantCredit } from './grant-credit';

export interface GivenCredit {
  amountMinor: bigint;
  /** The account's own unless said. */
  currency?: string | undefined;
  priority?: number | undefined;
  expiresAt?: Date | null | undefined;
  note: string;
}

/** The seller gives the account credit. Throws `invalid_request` for an expiry that has passed. */
export function giveCredit(context: Context, { currency, priority, expiresAt, ...given }: GivenCredit): Promise<Grant> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    if (expiresAt && expiresAt <= context.clock.now()) {
      throw new DomainError('invalid_request', undefined, { issues: [{ field: 'expiresAt', message: 'Use a moment that is still to come.' }] });
    }
    const account = await getAccount(context);
    return grantCredit(transaction, context, {
      ...given, cause: 'operator', reference: newId('req'), currency: currency ?? account.currency, expiresAt: expiresAt ?? null, ...(priority !== undefined && { priority }),
    });
  });
}
