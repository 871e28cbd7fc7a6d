/** The types of Stripe's errors. */
export type ErrorType = 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error';

/** Stripe's `error` object: https://docs.stripe.com/api/errors */
export interface ErrorBody {
  type: ErrorType;
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  /** Objects that an error carries: `payment_intent`, `setup_intent`, `payment_method`, `charge`. */
  [object: string]: unknown;
}

/** A request that is answered with an error. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

/** 400 for what the caller asked. */
export function invalidRequest(message: string, more: { code?: string; param?: string; [object: string]: unknown } = {}): Refusal {
  return new Refusal(400, { type: 'invalid_request_error', message, ...more });
}

const spoken: Record<string, string> = { payment_method: 'PaymentMethod', setup_intent: 'setupintent' };

/** 404 (400 where the id came as a parameter) for an object that is not here. */
export function missing(object: string, id: string, param = 'id'): Refusal {
  const body = { type: 'invalid_request_error' as const, code: 'resource_missing', message: `No such ${spoken[object] ?? object}: '${id}'`, param };
  return new Refusal(param === 'id' || param === 'intent' ? 404 : 400, body);
}

/** 402 for what the card's issuer, or a check of the card, said. */
export function cardError(message: string, more: { code: string; decline_code?: string; param?: string; [object: string]: unknown }): Refusal {
  return new Refusal(402, { type: 'card_error', message, ...more });
}
