import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { InvoiceSummary } from '../../invoices/invoice';
import { readPaymentTerms } from '../../invoices/store';
import { paymentGateways, takes } from '../../payments/configured-gateway';
import { hasMethod } from '../../payments/store';

/**
 * Whether the account pays before it gets what costs so much: wherever something is due and a gateway takes the currency,
 * except that the seller gave the account days to pay and it has no payment method, so that it pays by invoice.
 */
export async function paysFirst(transaction: Database, { accountId }: Context, dueMinor: bigint, currency: string): Promise<boolean> {
  if (dueMinor <= 0n || !paymentGateways().some((gateway) => takes(gateway, currency))) return false;
  const ownTerm = (await readPaymentTerms(transaction, accountId))?.account ?? 0;
  return ownTerm === 0 || (await hasMethod(transaction, accountId));
}

/** Refuses a change that was made with an invoice to pay where that has to be paid first; the transaction is undone. Throws `payment_first`. */
export async function assertNotUnpaid(transaction: Database, context: Context, invoice: Pick<InvoiceSummary, 'dueMinor' | 'currency'> | null): Promise<void> {
  if (invoice && (await paysFirst(transaction, context, invoice.dueMinor, invoice.currency))) throw new DomainError('payment_first');
}
