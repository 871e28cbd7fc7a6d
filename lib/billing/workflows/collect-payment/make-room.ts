import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { InvoiceSummary } from '../../invoices/invoice';
import type { PaymentAttempt } from '../../payments/attempt';
import { withdrawAttempt } from './request-payment';

/** Throws `invoice_not_payable` unless something is to pay of it. */
export function assertPayable({ dueMinor }: Pick<InvoiceSummary, 'dueMinor'>): void {
  if (dueMinor <= 0n) throw new DomainError('invoice_not_payable');
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
