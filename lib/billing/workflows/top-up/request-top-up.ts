import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readTopUp } from '../../credits/top-ups/store';
import type { TopUp } from '../../credits/top-ups/top-up';
import type { AttemptStatus, PaymentAttempt, PaymentMethod } from '../../payments/attempt';
import { gatewayCharging, gatewayNamed } from '../../payments/configured-gateway';
import type { ChargeResult } from '../../payments/gateway/charges';
import { GatewayUnavailable } from '../../payments/gateway/failures';
import { readMethod } from '../../payments/methods/store';
import { readAttempt, readAttemptByKey, readDefaultMethod } from '../../payments/store';
import { refreshAttempt } from '../collect-payment/refresh-attempt';
import { requestAttempt } from '../collect-payment/request-payment';
import { sendAttempt } from '../collect-payment/send-attempt';
import { createTopUp, type WantedTopUp } from './create-top-up';

export interface RequestedTopUp extends WantedTopUp {
  /** The account's default unless said. */
  paymentMethodId?: string | undefined;
}

/** A top-up with how its payment stands. */
export interface TopUpPayment {
  topUp: TopUp;
  paymentStatus: AttemptStatus;
  /** What the browser confirms the payment with, where the customer has to: for that browser alone, neither kept nor logged. */
  clientSecret: string | null;
  gateway: string;
  publicSettings: Readonly<Record<string, string>>;
}

/**
 * Buys credit with a stored payment method while the customer is there. The answer tells how the payment stands; where the
 * gateway did not answer it is `requested`, and a job finds out. The same key again is the same purchase.
 * Throws `currency_mismatch`, `top_up_amount_not_allowed`, `not_found` for a payment method that is not the account's,
 * `payment_method_required`, `payments_unavailable` and `idempotency_key_reused`.
 */
export async function requestTopUp(context: Context, wanted: RequestedTopUp, requestKey: string | null = null): Promise<TopUpPayment> {
  const attempt = await writeIntent(context, wanted, requestKey);
  return standing(context, attempt.id, await askFor(context, attempt));
}

function writeIntent(context: Context, wanted: RequestedTopUp, requestKey: string | null): Promise<PaymentAttempt> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const earlier = requestKey === null ? null : await readAttemptByKey(transaction, context.accountId, requestKey);
    if (earlier) {
      const isSame = earlier.topUpId !== null && earlier.amountMinor === wanted.amountMinor && (wanted.paymentMethodId === undefined || earlier.paymentMethodId === wanted.paymentMethodId);
      if (!isSame) throw new DomainError('idempotency_key_reused');
      return earlier;
    }
    const method = await methodOf(transaction, context, wanted.paymentMethodId);
    const topUp = await createTopUp(transaction, context, wanted);
    const { amountMinor, currency } = topUp;
    gatewayCharging(method.gateway, currency);
    return requestAttempt(transaction, context, { topUpId: topUp.id, amountMinor, currency }, { gateway: method.gateway, paymentMethodId: method.id, onSession: true, requestKey });
  });
}

async function methodOf(transaction: Database, { accountId }: Context, id: string | undefined): Promise<PaymentMethod> {
  if (id !== undefined) return found(await readMethod(transaction, accountId, id), 'payment method');
  const method = await readDefaultMethod(transaction, accountId);
  if (!method) throw new DomainError('payment_method_required');
  return method;
}

/** Sends the charge, or looks again where it waits for the customer. Answers what the browser goes on with. */
async function askFor(context: Context, attempt: PaymentAttempt): Promise<string | null> {
  try {
    if (attempt.status === 'requested') return secretOf(await sendAttempt(context, attempt.id));
    return attempt.status === 'requires_action' ? (await refreshAttempt(context, attempt)).clientSecret : null;
  } catch (error) {
    if (error instanceof GatewayUnavailable) return null;
    throw error;
  }
}

const secretOf = (result: ChargeResult | null): string | null => (result?.outcome === 'requires_action' ? (result.clientSecret ?? null) : null);

async function standing(context: Context, attemptId: string, clientSecret: string | null): Promise<TopUpPayment> {
  const attempt = found(await readAttempt(database(), context.accountId, attemptId), 'payment attempt');
  const { status: paymentStatus, gateway } = attempt;
  return {
    topUp: found(await readTopUp(database(), context.accountId, attempt.topUpId ?? ''), 'top-up'),
    paymentStatus,
    clientSecret: paymentStatus === 'requires_action' ? clientSecret : null,
    gateway,
    publicSettings: gatewayNamed(gateway).publicSettings,
  };
}
