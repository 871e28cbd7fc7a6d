import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, type Database } from '@/lib/core/database';
import { getAccount } from '../../accounts/get-account';
import { billingPeriod } from '../../time/period';
import type { Grant } from '../grant';
import { grantCredit } from '../grant-credit';
import * as store from './store';

/** Minor units by currency; accounts of a currency that is missing get none. */
export type WelcomePolicy = Record<string, bigint>;

/** For how long welcome credit can be spent. */
const validity = { interval: 'month', intervalCount: 12 } as const;

/** What the account's seller gives with the first payment method. */
export function getWelcomePolicy(context: Context): Promise<WelcomePolicy> {
  return store.readWelcomePolicy(database(), context.accountId);
}

/** Sets it for every customer of the seller; nothing: no welcome credit. */
export function setWelcomePolicy(context: Context, policy: WelcomePolicy): Promise<WelcomePolicy> {
  return inTransaction(async (transaction) => {
    const before = await store.readWelcomePolicy(transaction, context.accountId);
    const sellerId = await store.writeWelcomePolicy(transaction, context.accountId, policy);
    await recordAudit(transaction, context, { action: 'welcome_credit.set', subject: sellerId, ofSeller: true, before, after: policy });
    return policy;
  });
}

/**
 * Gives welcome credit in the currency of the account, in the transaction under way and under the account's lock: to an
 * account once, and once for a card, whoever stores it. Null when there is none to give.
 */
export async function giveWelcomeCredit(transaction: Database, context: Context, { gateway, fingerprint }: { gateway: string; fingerprint: string | null }): Promise<Grant | null> {
  const { accountId, clock } = context;
  const { currency, timeZone } = await getAccount(context);
  const amountMinor = (await store.readWelcomePolicy(transaction, accountId))[currency] ?? 0n;
  const now = clock.now();
  if (amountMinor <= 0n || !(await store.claimWelcome(transaction, { accountId, gateway, fingerprint, createdAt: now }))) return null;
  return grantCredit(transaction, context, { cause: 'welcome', reference: accountId, currency, amountMinor, expiresAt: billingPeriod(now, timeZone, validity, 0).end });
}
