import type { Context } from '@/lib/core/context';
import { systemClock } from '@/lib/core/clock';
import type { Database } from '@/lib/core/database';
import { queueMail } from '@/lib/notify/mail';
import { paymentMail, type PaymentNotice } from '@/lib/notify/payment-mail';
import { announce } from '@/lib/webhooks/outbox/announce';
import type { WebhookEvent } from '@/lib/webhooks/outbox/webhook';
import { getAccount } from '../../accounts/get-account';
import { listRecipients } from '../../accounts/list-recipients';
import type { Invoice } from '../../invoices/invoice';
import type { Dunning } from '../../payments/dunning';

/** Being paid is told wherever an invoice is paid. */
const events: Partial<Record<PaymentNotice, WebhookEvent>> = {
  payment_failed: 'invoice.payment_failed',
  action_required: 'invoice.payment_action_required',
  given_up: 'invoice.uncollectible',
};

/** Tells products and those who look after the account of a step in collecting an invoice, in its transaction. */
export async function tellOfPayment(transaction: Database, context: Context, notice: PaymentNotice, invoice: Invoice, dunning: Dunning): Promise<void> {
  const { failures, lastFailureCode, nextAttemptAt } = dunning;
  const event = events[notice];
  if (event) {
    await announce(transaction, context, {
      event,
      data: {
        invoice: invoice.id, number: invoice.number, subscription: invoice.subscriptionId, currency: invoice.currency, dueMinor: invoice.dueMinor,
        failures, failureCode: lastFailureCode, nextAttemptAt,
      },
    });
  }
  const account = await getAccount(context);
  const amountMinor = notice === 'recovered' ? invoice.paidMinor : invoice.dueMinor;
  for (const { language, ...recipient } of await listRecipients(context, ['owner', 'admin', 'billing'], account.language)) {
    const facts = {
      notice, recipient, account: account.name, timeZone: account.timeZone, invoiceId: invoice.id, number: invoice.number ?? '',
      amountMinor, currency: invoice.currency, failureCode: lastFailureCode, nextAttemptAt,
    };
    // Mail is handed over in real time, whatever time the account lives in.
    await queueMail(paymentMail(facts, language), systemClock);
  }
}
