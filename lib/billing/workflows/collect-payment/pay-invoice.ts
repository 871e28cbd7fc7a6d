import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice } from '../../invoices/store';
import type { PaymentAttempt } from '../../payments/attempt';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayCharging } from '../../payments/configured-gateway';
import type { ChargeResult } from '../../payments/gateway/charges';
import { GatewayUnavailable } from '../../payments/gateway/failures';
import { readMethod } from '../../payments/methods/store';
import { readAttempt, readAttemptByKey, readAttempts, readDefaultMethod, readOpenAttempt } from '../../payments/store';
import { releaseAttempt } from '../checkout/release-attempt';
import { assertStillHolds } from '../pay-first/carry-out-held';
import { assertPayable, makeRoom } from './make-room';
import { refreshAttempt, secretFor } from './refresh-attempt';
import { requestCharge } from './request-payment';
import { sendAttempt } from './send-attempt';

export interface WantedPayment {
  invoiceId: string;
  /** The account's default unless said. */
  paymentMethodId?: string | undefined;
  /** The caller's Idempotency-Key. */
  requestKey?: string | null;
}

/** An invoice with the newest attempt to collect it, and what the browser goes on with where that waits for the customer. */
export interface InvoicePayment {
  invoice: Invoice;
  attempt: PaymentAttempt | null;
  clientSecret: string | null;
}

/** What is to be done next: nothing, ask for the charge, ask what became of it, or have its gateway close it. */
interface Step {
  next: 'answer' | 'send' | 'read' | 'release';
  attempt: PaymentAttempt | null;
}

/** So often others may come between before the caller is told how it stands. */
const rounds = 3;

/**
 * Charges an open invoice while the customer is there. Whoever asks while a charge is under way joins it: however many ask at
 * once, it is charged once. The same Idempotency-Key is the same charge, also after it failed. One that waits for the
 * customer's confirmation gives way to another method; one that may have gone through does not.
 * When the gateway gives no answer the charge stays under way, and a job finds out what became of it.
 * Throws `not_found`, `invoice_not_payable`, `payment_method_required`, `payments_unavailable`, `idempotency_key_reused`,
 * `preview_outdated` for a change that can be carried out no longer and,
 * where a charge had to be closed first and its gateway does not answer, `payment_provider_unavailable`.
 */
export async function payInvoice(context: Context, wanted: WantedPayment): Promise<InvoicePayment> {
  for (let round = 1; ; round += 1) {
    const { next, attempt } = await inTransaction((transaction) => decide(transaction, context, wanted));
    if (attempt && next === 'send') return standing(context, wanted.invoiceId, attempt.id, await send(context, attempt));
    if (attempt && next === 'read') {
      const { clientSecret } = await askGateway(() => refreshAttempt(context, attempt));
      return { ...(await standing(context, wanted.invoiceId, attempt.id)), clientSecret };
    }
    if (!attempt || next === 'answer' || round === rounds) return standing(context, wanted.invoiceId, attempt?.id ?? null);
    await askGateway(() => releaseAttempt(context, attempt));
  }
}

async function decide(transaction: Database, context: Context, wanted: WantedPayment): Promise<Step> {
  const { accountId } = context;
  await lockAccount(transaction, accountId);
  const earlier = wanted.requestKey ? await readAttemptByKey(transaction, accountId, wanted.requestKey) : null;
  if (earlier) {
    const isOther = earlier.invoiceId !== wanted.invoiceId || (wanted.paymentMethodId !== undefined && earlier.paymentMethodId !== wanted.paymentMethodId);
    if (isOther) throw new DomainError('idempotency_key_reused');
    return { next: earlier.status === 'requires_action' ? 'read' : 'answer', attempt: earlier };
  }
  const invoice = found(await readInvoice(transaction, accountId, wanted.invoiceId), 'invoice');
  const chosen = wanted.paymentMethodId === undefined ? null : found(await readMethod(transaction, accountId, wanted.paymentMethodId), 'payment method');
  if (invoice.status === 'paid') return { next: 'answer', attempt: (await readAttempts(transaction, invoice.id)).at(-1) ?? null };
  assertPayable(invoice);
  await assertStillHolds(transaction, context, invoice);
  const method = chosen ?? (await readDefaultMethod(transaction, accountId));
  if (!method) throw new DomainError('payment_method_required');
  gatewayCharging(method.gateway, invoice.currency);

  const open = await readOpenAttempt(transaction, invoice.id);
  if (open) {
    const isSame = open.paymentMethodId === method.id && open.onSession;
    if (isSame) return { next: open.status === 'requires_action' ? 'read' : 'answer', attempt: open };
    const room = await makeRoom(transaction, context, open);
    if (room !== 'free') return { next: room === 'release' ? 'release' : 'answer', attempt: open };
  }
  const by = { gateway: method.gateway, paymentMethodId: method.id, onSession: true, requestKey: wanted.requestKey ?? null };
  return { next: 'send', attempt: await requestCharge(transaction, context, invoice, by) };
}

/** What the gateway answered; null when it did not: the charge may have gone through, and is asked for again by the job. */
async function send(context: Context, attempt: PaymentAttempt): Promise<ChargeResult | null> {
  try {
    return await sendAttempt(context, attempt.id);
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error;
    log('payments').warn({ err: error, attempt: attempt.id }, 'the outcome of a charge is unknown; it is asked for again');
    return null;
  }
}

async function standing(context: Context, invoiceId: string, attemptId: string | null, result: ChargeResult | null = null): Promise<InvoicePayment> {
  const invoice = found(await readInvoice(database(), context.accountId, invoiceId), 'invoice');
  const attempt = attemptId === null ? null : await readAttempt(database(), context.accountId, attemptId);
  return { invoice, attempt, clientSecret: attempt && result ? secretFor(attempt, result) : null };
}
