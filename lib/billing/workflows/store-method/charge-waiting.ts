import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { isOverdue } from '../../invoices/invoice';
import { readInvoices } from '../../invoices/list/store';
import type { PaymentMethod } from '../../payments/attempt';
import { findGateway } from '../../payments/configured-gateway';
import { hastenDunning, readDunning, readOpenAttempt } from '../../payments/store';
import { requestCharge } from '../collect-payment/request-payment';

/** How many invoices are charged at once; further ones wait for their day. */
const most = 100;

/**
 * Charges what waits for a payment method that works to the account's new default at once: invoices whose charge failed,
 * and those that are overdue. Under the account's lock. What waits for the customer to confirm another method is taken back
 * at its gateway first, so the job that charges again does it.
 */
export async function chargeWaiting(transaction: Database, context: Context, method: PaymentMethod): Promise<void> {
  if (!findGateway(method.gateway)?.capabilities.offSession) return;
  const now = context.clock.now();
  for (const invoice of await readInvoices(transaction, { accountId: context.accountId, status: 'open' }, { skip: 0, take: most })) {
    const isDunned = (await readDunning(transaction, invoice.id))?.status === 'retrying';
    if (invoice.dueMinor <= 0n || !(isDunned || isOverdue(invoice, now))) continue;
    const open = await readOpenAttempt(transaction, invoice.id);
    if (!open) await requestCharge(transaction, context, invoice, { gateway: method.gateway, paymentMethodId: method.id });
    else if (isDunned && open.status === 'requires_action') await hastenDunning(transaction, invoice.id, now);
  }
}
