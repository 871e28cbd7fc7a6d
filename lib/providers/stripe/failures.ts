import Stripe from 'stripe';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';

type RefusalCode = GatewayRefusal['code'];

const refusalCodes: Record<string, RefusalCode> = {
  resource_missing: 'unknown_reference',
  amount_too_small: 'amount_too_small',
  amount_too_large: 'amount_too_large',
  charge_already_refunded: 'already_refunded',
};

const seconds = (header: string | undefined): number | undefined => (header && /^\d{1,4}$/.test(header) ? Number(header) : undefined);

/** Whether Stripe answered that it failed itself: it may have acted, and keeps that answer under the key. */
export function isServerFailure(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500;
}

/** Whether the answer is one that Stripe kept under the key, from an earlier request. */
export function isReplayed(error: Stripe.errors.StripeError): boolean {
  return error.headers?.['idempotent-replayed'] === 'true';
}

/** Whether the key was used for a request with other parameters. */
export function isKeyReused(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Stripe.errors.StripeIdempotencyError;
}

/** Whether Stripe knows no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === 'resource_missing';
}

/** Whether Stripe names a parameter as the fault, and no code that says more. */
export function isFaultOf(error: unknown, param: string): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.param === param && error.code === undefined;
}

/**
 * Stripe's error in the port's words. Stripe's own message, body and headers stay behind: they may hold secrets, and the
 * request's id finds them in Stripe's log. Anything that is no error of Stripe's is given back as it is.
 */
export function asGatewayError(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const { statusCode, code, param, type, requestId } = error;
  const request = requestId ? ` (${requestId})` : '';
  if (error instanceof Stripe.errors.StripeConnectionError) return new GatewayUnavailable('Stripe did not answer.');
  if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) {
    // Nothing was done, and it will be once the operator has set the key right.
    return new GatewayUnavailable(`Stripe does not accept the secret key${request}: check STRIPE_SECRET_KEY and what the key may do.`, 60);
  }
  if (statusCode === undefined || statusCode >= 500 || statusCode === 429 || statusCode === 409) {
    return new GatewayUnavailable(`Stripe is busy or failed (${statusCode ?? type})${request}.`, seconds(error.headers?.['retry-after']));
  }
  const refusal = param === 'currency' ? 'currency_not_taken' : (refusalCodes[code ?? ''] ?? 'refused');
  return new GatewayRefusal(`Stripe refused the request: ${[code ?? type, param].filter(Boolean).join(', ')}${request}.`, refusal);
}

/** Asks Stripe, with its errors in the port's words. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw asGatewayError(error);
  }
}
