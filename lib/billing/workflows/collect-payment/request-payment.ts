import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { InvoiceSummary } from '../../invoices/invoice';
import { withCancel, type PaymentAttempt, type PaymentMethod } from '../../payments/attempt';
import { chargesByItself } from '../../payments/configured-gateway';
import { insertAttempt, readDefaultMethod, writeAttempt } from '../../payments/store';

/** By what an attempt charges, and whether the customer is there. */
export interface ChargeBy {
  gateway: string;
  /** Null: the customer chooses it on a page of the gateway. */
  paymentMethodId: string | null;
  checkoutSessionId?: string | null;
  onSession?: boolean;
  requestKey?: string | null;
}

/** For so long, in milliseconds, nobody else sends a charge that somebody has begun to send. */
export const sendingTime = 60_000;

/** Writes the intent to charge what is still to pay of the invoice: see `requestAttempt`. */
export function requestCharge(transaction: Database, context: Context, { id, number, dueMinor, currency }: Payable, by: ChargeBy): Promise<PaymentAttempt> {
  return requestAttempt(transaction, context, { invoiceId: id, invoice: number, amountMinor: dueMinor, currency }, by);
}

/** What an attempt collects: an invoice, which has a number, or a top-up. Minor units. */
export type Collected = { amountMinor: bigint; currency: string } & ({ invoiceId: string; invoice: string | null } | { topUpId: string });

/**
 * Writes the intent to charge an invoice or a top-up, in the transaction under way. Off session a job sends it as soon as
 * that commits; on session the caller does, and the job only if the caller was lost.
 */
export async function requestAttempt(transaction: Database, context: Context, collected: Collected, by: ChargeBy): Promise<PaymentAttempt> {
  const { gateway, paymentMethodId, checkoutSessionId = null, onSession = false, requestKey = null } = by;
  const now = context.clock.now();
  const attempt: PaymentAttempt = {
    id: newId('att'), accountId: context.accountId, ...('topUpId' in collected ? { invoiceId: null, topUpId: collected.topUpId } : { invoiceId: collected.invoiceId, topUpId: null }), paymentMethodId, checkoutSessionId, requestKey, gateway,
    amountMinor: collected.amountMinor, currency: collected.currency, status: 'requested', onSession, reference: null, failureCode: null, retryable: null,
    sends: onSession ? 1 : 0, requestedAt: now, finishedAt: null,
  };
  await insertAttempt(transaction, attempt, checkoutSessionId ? null : new Date(now.getTime() + (onSession ? sendingTime : 0)));
  await recordAudit(transaction, context, {
    action: 'payment.requested',
    subject: attempt.id,
    after: { ...('topUpId' in collected ? { topUp: collected.topUpId } : { invoice: collected.invoice }), amountMinor: attempt.amountMinor, currency: attempt.currency, gateway, paymentMethod: paymentMethodId, checkout: checkoutSessionId },
  });
  return attempt;
}

/** Takes back an attempt that no gateway has been asked for, in the transaction under way. */
export async function withdrawAttempt(transaction: Database, context: Context, attempt: PaymentAttempt): Promise<void> {
  await writeAttempt(transaction, withCancel(attempt, context.clock.now()));
  await recordAudit(transaction, context, { action: 'payment.canceled', subject: attempt.id, before: { status: attempt.status }, after: { status: 'canceled' } });
}

export type Payable = Pick<InvoiceSummary, 'id' | 'number' | 'status' | 'dueMinor' | 'currency'>;

/** What the account is charged to in the currency while the customer is away, where its gateway does that. */
export async function chargeableMethod(transaction: Database, accountId: string, currency: string): Promise<PaymentMethod | null> {
  const method = await readDefaultMethod(transaction, accountId);
  return method && chargesByItself(method.gateway, currency) ? method : null;
}

/**
 * Has an invoice charged that was just issued, in the transaction that issues it: the gateway is asked once that commits.
 * Nothing happens where nothing is owed, the account has no default payment method or the house has no gateway: the
 * invoice then stays open until it is paid in another way.
 */
export async function requestPayment(transaction: Database, context: Context, invoice: Payable): Promise<void> {
  if (invoice.status !== 'open' || invoice.dueMinor <= 0n) return;
  const method = await chargeableMethod(transaction, context.accountId, invoice.currency);
  if (method) await requestCharge(transaction, context, invoice, { gateway: method.gateway, paymentMethodId: method.id });
}
