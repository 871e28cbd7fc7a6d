import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import * as store from './store';

/** How long the account has to pay after an invoice was issued. */
export interface PaymentTerm {
  /** Whole calendar days in the account's time zone. */
  days: number;
  /** Whether it is the account's own, not the seller's for all. */
  own: boolean;
}

async function termOf(db: Database, accountId: string): Promise<PaymentTerm> {
  const { account, seller } = found(await store.readPaymentTerms(db, accountId), 'account');
  return { days: account ?? seller, own: account !== null };
}

/** The payment term of the account. Throws `not_found`. */
export function getPaymentTerm(context: Context): Promise<PaymentTerm> {
  return termOf(database(), context.accountId);
}

/** Gives the account a term of its own for invoices to come, or with null the seller's. Throws `not_found`. */
export function setPaymentTerm(context: Context, { days }: { days: number | null }): Promise<PaymentTerm> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await store.readPaymentTerms(transaction, context.accountId);
    if (before?.account !== days) {
      await store.writePaymentTerm(transaction, context.accountId, days);
      await recordAudit(transaction, context, { action: 'account.payment_term_set', subject: context.accountId, before: { days: before?.account }, after: { days } });
    }
    return termOf(transaction, context.accountId);
  });
}
