import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import type { DunningPolicy } from './dunning';
import { readDunningPolicy, writeDunningPolicy } from './store';

/** How the account's seller collects what could not be charged. */
export function getDunningPolicy(context: Context): Promise<DunningPolicy> {
  return readDunningPolicy(database(), context.accountId);
}

/** Sets it for every customer of the seller. What is being collected already keeps the schedule that it began with. */
export function setDunningPolicy(context: Context, policy: DunningPolicy): Promise<DunningPolicy> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await readDunningPolicy(transaction, context.accountId);
    const sellerId = await writeDunningPolicy(transaction, context.accountId, policy);
    await recordAudit(transaction, context, { action: 'seller.dunning_policy_set', subject: sellerId, before, after: policy, ofSeller: true });
    return policy;
  });
}
