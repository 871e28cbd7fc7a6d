import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { disputeMail } from '@/lib/notify/dispute-mail';
import { queueMail } from '@/lib/notify/mail';
import { announce } from '@/lib/webhooks/outbox/announce';
import { getAccount } from '../../accounts/get-account';
import { readInvoice } from '../../invoices/store';
import { isDecided, type Dispute } from '../../payments/disputes/dispute';
import type { SellerOfDisputes } from '../../payments/disputes/store';

/** Tells the seller by mail, and the customer's products, that a payment is disputed or how that ended, in the transaction of it. */
export async function tellOfDispute(transaction: Database, context: Context, dispute: Dispute, seller: SellerOfDisputes): Promise<void> {
  const { id, invoiceId, state, reason, amountMinor, currency, respondBy, loss } = dispute;
  await announce(transaction, context, {
    event: isDecided(dispute) ? 'payment.dispute_closed' : 'payment.disputed',
    data: { dispute: id, invoice: invoiceId, state, reason, currency, amountMinor, respondBy, loss },
  });
  await mailSeller(transaction, context, dispute, seller, false);
}

/** Tells the seller alone that the answer to a dispute is due soon. */
export function remindOfDispute(transaction: Database, context: Context, dispute: Dispute, seller: SellerOfDisputes): Promise<void> {
  return mailSeller(transaction, context, dispute, seller, true);
}

async function mailSeller(transaction: Database, context: Context, dispute: Dispute, seller: SellerOfDisputes, isReminder: boolean): Promise<void> {
  const { invoiceId, state, reason, amountMinor, currency, respondBy, takes, loss, reference } = dispute;
  const account = await getAccount(context);
  const invoice = invoiceId && (await readInvoice(transaction, context.accountId, invoiceId));
  const facts = {
    state, loss, seller: seller.name, recipient: seller.email, account: account.name, number: invoice ? (invoice.number ?? '') : '', amountMinor, currency, reason, reference, respondBy,
    canAnswer: takes.includes('answer'), isReminder,
  };
  // Mail is handed over in real time, whatever time the account lives in.
  await queueMail(disputeMail(facts, seller.language), systemClock);
}
