import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import type { PaymentAttempt } from '../../payments/attempt';
import { withdrawAttempt } from './request-payment';

/** The invoice where something is to pay of it. Throws `not_found` and `invoice_not_payable`. */
export async function requirePayable(transaction: Database, context: Context, invoiceId: string): Promise<Invoice> {
  const invoice = found(await readInvoice(transaction, context.accountId, invoiceId), 'invoice');
  if (invoice.dueMinor <= 0n) throw new DomainError('invoice_not_payable');
  return invoice;
}

/**
 * Whether another charge may take the place of the open one, under the account's lock. `free`: it was not sent yet and is
 * taken back. `release`: the customer has not finished it, so its gateway can close it. `busy`: the money may be on its way.
 */
export async function makeRoom(transaction: Database, context: Context, open: PaymentAttempt): Promise<'free' | 'release' | 'busy'> {
  if (open.checkoutSessionId || open.status === 'requires_action') return 'release';
  if (open.status !== 'requested' || open.sends > 0) return 'busy';
  await withdrawAttempt(transaction, context, open);
  return 'free';
}
