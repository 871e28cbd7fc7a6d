import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Grant } from '../credits/grant';
import { giveWelcomeCredit } from '../credits/welcome/welcome-credit';
import type { PaymentMethod } from '../payments/attempt';
import { countEverStored } from '../payments/methods/store';

/**
 * Gives the seller's welcome credit when the account's first payment method has been stored, in that transaction and under
 * the account's lock: once an account, and once a card across all accounts. Null when there is none to give.
 */
export async function grantWelcomeCredit(transaction: Database, context: Context, method: Pick<PaymentMethod, 'gateway' | 'fingerprint'>): Promise<Grant | null> {
  if ((await countEverStored(transaction, context.accountId)) > 1) return null;
  return giveWelcomeCredit(transaction, context, method);
}
