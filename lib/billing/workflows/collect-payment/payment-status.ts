import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { readInvoice } from '../../invoices/store';
import type { PaymentAttempt } from '../../payments/attempt';
import { takeCheckoutRefresh } from '../../payments/checkout/store';
import { readAttempts, readOpenAttempt, takeRefresh } from '../../payments/store';
import { refreshCheckout } from '../checkout/refresh-checkout';
import type { InvoicePayment } from './pay-invoice';
import { refreshAttempt } from './refresh-attempt';

/** Milliseconds for which an answer of the gateway is believed: pages that poll ask it no more often. */
const believedFor = 2_000;

/**
 * How the payment of an invoice stands. What is under way is asked for at the gateway, so that a page that asks again and
 * again arrives even where no notice of the gateway does. One that does not answer changes nothing. Throws `not_found`.
 */
export async function readPaymentStatus(context: Context, invoiceId: string): Promise<InvoicePayment> {
  found(await readInvoice(database(), context.accountId, invoiceId), 'invoice');
  const open = await readOpenAttempt(database(), invoiceId);
  if (open) await lookAt(context, open);
  return recordedPayment(context, invoiceId);
}

/** The same as far as it is known here, without asking the gateway: a page is shown at once. Throws `not_found`. */
export async function recordedPayment(context: Context, invoiceId: string): Promise<InvoicePayment> {
  const invoice = found(await readInvoice(database(), context.accountId, invoiceId), 'invoice');
  const attempt = (await readOpenAttempt(database(), invoiceId)) ?? (await readAttempts(database(), invoiceId)).at(-1) ?? null;
  return { invoice, attempt, clientSecret: null };
}

/** Asks the gateway what became of an attempt, unless it was asked a moment ago. Never throws: one that does not answer changes nothing. */
export async function lookAt(context: Context, open: PaymentAttempt): Promise<void> {
  const now = context.clock.now();
  const since = new Date(now.getTime() - believedFor);
  try {
    if (open.checkoutSessionId) {
      if (await takeCheckoutRefresh(database(), open.checkoutSessionId, { now, since })) await refreshCheckout(context, open.checkoutSessionId);
    } else if (open.reference && (await takeRefresh(database(), open.id, { now, since }))) {
      await refreshAttempt(context, open);
    }
  } catch (error) {
    log('payments').warn({ err: error, attempt: open.id }, 'what became of a charge could not be asked for');
  }
}
