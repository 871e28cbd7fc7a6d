import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { InvoiceSummary } from '../../invoices/invoice';
import type { PaymentAttempt, PaymentMethod } from '../../payments/attempt';
import { findGateway } from '../../payments/configured-gateway';
import { insertAttempt, readDefaultMethod } from '../../payments/store';

/** Writes the intent to charge what is still to pay of the invoice, in the transaction under way. */
export async function requestCharge(transaction: Database, context: Context, invoice: Payable, method: PaymentMethod): Promise<PaymentAttempt> {
  const attempt: PaymentAttempt = {
    id: newId('att'), accountId: context.accountId, invoiceId: invoice.id, topUpId: null, paymentMethodId: method.id, checkoutSessionId: null, gateway: method.gateway,
    amountMinor: invoice.dueMinor, currency: invoice.currency, status: 'requested', onSession: false, reference: null, failureCode: null, retryable: null, sends: 0,
    requestedAt: context.clock.now(), finishedAt: null,
  };
  await insertAttempt(transaction, attempt);
  await recordAudit(transaction, context, {
    action: 'payment.requested',
    subject: attempt.id,
    after: { invoice: invoice.number, amountMinor: attempt.amountMinor, currency: attempt.currency, gateway: attempt.gateway, paymentMethod: method.id },
  });
  return attempt;
}

export type Payable = Pick<InvoiceSummary, 'id' | 'number' | 'status' | 'dueMinor' | 'currency'>;

/** What invoices of the account are charged to, where there is a gateway that charges while the customer is away. */
export async function chargeableMethod(transaction: Database, accountId: string): Promise<PaymentMethod | null> {
  const method = await readDefaultMethod(transaction, accountId);
  return method && findGateway(method.gateway)?.capabilities.offSession ? method : null;
}

/**
 * Has an invoice charged that was just issued, in the transaction that issues it: the gateway is asked once that commits.
 * Nothing happens where nothing is owed, the account has no default payment method or the house has no gateway: the
 * invoice then stays open until it is paid in another way.
 */
export async function requestPayment(transaction: Database, context: Context, invoice: Payable): Promise<void> {
  if (invoice.status !== 'open' || invoice.dueMinor <= 0n) return;
  const method = await chargeableMethod(transaction, context.accountId);
  if (method) await requestCharge(transaction, context, invoice, method);
}
