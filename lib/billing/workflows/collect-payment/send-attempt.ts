import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { readInvoice } from '../../invoices/store';
import { gatewayNamed } from '../../payments/configured-gateway';
import type { Charge, ChargeResult } from '../../payments/gateway/charges';
import { GatewayRefusal } from '../../payments/gateway/failures';
import type { PaymentGateway } from '../../payments/gateway/gateway';
import { readAttempt, readCustomerReference, readMethodReference } from '../../payments/store';
import { recordResult } from './record-result';
import { requestPayment, withdrawAttempt } from './request-payment';

/**
 * Asks the gateway for the charge of an attempt and records what became of it. Sent again it is the same charge. Null: the
 * attempt has ended, or asked for what is owed no longer. Throws `GatewayUnavailable` when the outcome is unknown.
 */
export async function sendAttempt(context: Context, attemptId: string): Promise<ChargeResult | null> {
  const prepared = await prepare(context, attemptId);
  if (!prepared) return null;
  const result = await resultOf(gatewayNamed(prepared.gateway), prepared.charge);
  await recordResult(context, attemptId, result);
  return result;
}

/** What a gateway will not do, however often it is asked, has failed. */
async function resultOf(gateway: PaymentGateway, charge: Charge): Promise<ChargeResult> {
  try {
    return await gateway.charge(charge);
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error;
    return { outcome: 'failed', reference: null, code: error.code === 'unknown_reference' ? 'invalid_method' : 'declined', retryable: false };
  }
}

/**
 * What to ask of the gateway, or null when the attempt has ended. An attempt that was never sent and asks for what is owed
 * no longer is taken back, and what is owed instead is asked for anew. One that was sent keeps its amount: the money may
 * be on its way.
 */
function prepare(context: Context, attemptId: string): Promise<{ gateway: string; charge: Charge } | null> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const attempt = await readAttempt(transaction, context.accountId, attemptId);
    if (attempt?.status !== 'requested' || !attempt.paymentMethodId) return null;
    const invoice = attempt.invoiceId ? await readInvoice(transaction, context.accountId, attempt.invoiceId) : null;
    if (attempt.invoiceId && attempt.sends === 1 && invoice?.dueMinor !== attempt.amountMinor) {
      await withdrawAttempt(transaction, context, attempt);
      if (invoice && !attempt.onSession) await requestPayment(transaction, context, invoice);
      return null;
    }
    const paymentMethod = await readMethodReference(transaction, attempt.paymentMethodId);
    const { gateway, amountMinor, currency, accountId, onSession } = attempt;
    const customer = await readCustomerReference(transaction, accountId, gateway);
    return {
      gateway,
      charge: {
        idempotencyKey: attempt.id, customer, paymentMethod, amountMinor, currency, accountId, onSession,
        description: invoice?.number ?? attempt.topUpId ?? '', repeated: attempt.sends > 1,
      },
    };
  });
}
