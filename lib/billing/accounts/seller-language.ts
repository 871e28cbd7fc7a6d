import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import type { Language } from './account';
import { readSellerLanguage, writeSellerLanguage } from './store';

/** The language of mail to the seller of the account. */
export async function getSellerLanguage(context: Context): Promise<{ language: Language }> {
  const { language } = await readSellerLanguage(database(), context.accountId);
  return { language };
}

/** Sets it, for mail about every customer of the seller. */
export function setSellerLanguage(context: Context, { language }: { language: Language }): Promise<{ language: Language }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await readSellerLanguage(transaction, context.accountId);
    await writeSellerLanguage(transaction, before.sellerId, language);
    await recordAudit(transaction, context, { action: 'seller.language_set', subject: before.sellerId, before: { language: before.language }, after: { language }, ofSeller: true });
    return { language };
  });
}
