import { ApiError, ArgumentsValidationError, ResponseValidationError } from '@paypal/paypal-server-sdk';
import { z } from 'zod';
import { GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';

/** The form of PayPal's errors. Source: developer.paypal.com/api/rest/responses. */
const errorBody = z.object({
  name: z.string().optional(),
  error: z.string().optional(),
  details: z.array(z.object({ issue: z.string().optional() })).optional().catch(undefined),
  links: z.array(z.object({ href: z.string(), rel: z.string() })).optional().catch(undefined),
});

export interface PayPalProblem {
  status: number;
  /** PayPal's word for what is wrong: the first detail's issue where there is one. */
  issue: string;
  /** Where the buyer may go on, such as to choose another way to pay. */
  redirect: string | null;
}

/** What PayPal answered; null for what is no answer of PayPal's. */
export function problemOf(error: unknown): PayPalProblem | null {
  if (!(error instanceof ApiError)) return null;
  const { name, error: word, details, links } = bodyOf(error);
  const redirect = links?.find(({ rel }) => rel === 'redirect' || rel === 'payer-action')?.href ?? null;
  return { status: error.statusCode, issue: details?.[0]?.issue ?? name ?? word ?? '', redirect };
}

function bodyOf({ body }: ApiError): z.output<typeof errorBody> {
  try {
    return errorBody.parse(JSON.parse(String(body)));
  } catch {
    return {};
  }
}

/** Whether PayPal knows no such thing, or says that its name can be none. */
export function isMissing(error: unknown): boolean {
  const problem = problemOf(error);
  return problem !== null && (problem.status === 404 || ['INVALID_RESOURCE_ID', 'TOKEN_NOT_FOUND', 'SETUP_TOKEN_ID_NOT_FOUND'].includes(problem.issue));
}

const refusals: Record<string, GatewayRefusal['code']> = {
  CAPTURE_FULLY_REFUNDED: 'already_refunded',
  REFUND_AMOUNT_EXCEEDED: 'already_refunded',
  CANNOT_BE_ZERO_OR_NEGATIVE: 'amount_too_small',
  AMOUNT_CANNOT_BE_ZERO: 'amount_too_small',
  MAX_VALUE_EXCEEDED: 'amount_too_large',
  CURRENCY_NOT_SUPPORTED: 'currency_not_taken',
  PAYEE_NOT_CONSENTED: 'currency_not_taken',
  CURRENCY_NOT_SUPPORTED_FOR_COUNTRY: 'currency_not_taken',
};

const seconds = (header: string | undefined): number | undefined => (header && /^\d{1,4}$/.test(header) ? Number(header) : undefined);

/**
 * PayPal's error in the port's words. PayPal's own message and body stay behind: they may hold what is not ours to repeat,
 * and the debug id finds them at PayPal. What is our own mistake is given back as it is.
 */
export function asGatewayError(error: unknown): unknown {
  const problem = problemOf(error);
  if (!problem) return isUnanswered(error) ? new GatewayUnavailable('PayPal did not answer.') : error;
  const { status, issue } = problem;
  const { headers } = error as ApiError;
  const request = headers?.['paypal-debug-id'] ? ` (${headers['paypal-debug-id']})` : '';
  if (status === 401 || status === 403) {
    // Nothing was done, and it will be once the operator has set the app right.
    return new GatewayUnavailable(`PayPal does not accept the app${request}: check PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET, PAYPAL_ENVIRONMENT and what the app may do.`, 60);
  }
  if (status >= 500 || status === 429 || status === 409 || status === 408) return new GatewayUnavailable(`PayPal is busy or failed (${status})${request}.`, seconds(headers?.['retry-after']));
  return new GatewayRefusal(`PayPal refused the request: ${issue || status}${request}.`, isMissing(error) ? 'unknown_reference' : (refusals[issue] ?? 'refused'));
}

/** Whether the line failed, or the answer was none that PayPal's client understands: nothing is known then. */
function isUnanswered(error: unknown): boolean {
  if (error instanceof ResponseValidationError || error instanceof SyntaxError) return true;
  return error instanceof Error && !(error instanceof ArgumentsValidationError) && ('isAxiosError' in error || error.name === 'AbortError');
}

/** Asks PayPal, with its errors in the port's words. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw asGatewayError(error);
  }
}

/** Asks PayPal for something that it may not know. */
export async function askingFor<T>(ask: () => Promise<{ result: T }>): Promise<T | null> {
  try {
    return (await ask()).result;
  } catch (error) {
    if (isMissing(error)) return null;
    throw asGatewayError(error);
  }
}
