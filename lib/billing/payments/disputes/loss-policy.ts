import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import type { DisputeLoss } from './dispute';
import { readSellerOfDisputes, writeLossPolicy } from './store';

/** What becomes of invoices of the account's seller whose payment a lost dispute took back. */
export async function getLossPolicy(context: Context): Promise<{ loss: DisputeLoss }> {
  const { loss } = await readSellerOfDisputes(database(), context.accountId);
  return { loss };
}

/** Sets it for every customer of the seller, for disputes that are lost from now on. */
export function setLossPolicy(context: Context, { loss }: { loss: DisputeLoss }): Promise<{ loss: DisputeLoss }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await readSellerOfDisputes(transaction, context.accountId);
    await writeLossPolicy(transaction, before.sellerId, loss);
    await recordAudit(transaction, context, { action: 'seller.dispute_loss_set', subject: before.sellerId, before: { loss: before.loss }, after: { loss }, ofSeller: true });
    return { loss };
  });
}
