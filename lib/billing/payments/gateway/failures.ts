// Known by their names, since the bundler may load this module more than once and each copy has classes of its own.
const isNamed = (value: unknown, name: string): boolean => value instanceof Error && value.name === name;

/** Nothing is known of what became of it. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'GatewayUnavailable');
  }

  constructor(message: string, readonly retryAfterSeconds: number = 5) {
    super(message);
  }
}

/** The gateway will not do it: the thing is unknown there, or the request is not one that it takes. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'GatewayRefusal');
  }

  constructor(
    message: string,
    readonly code: 'unknown_reference' | 'amount_too_small' | 'amount_too_large' | 'currency_not_taken' | 'already_refunded' | 'refused',
  ) {
    super(message);
  }
}

/** A notice that did not come from the gateway, or too late to be believed. */
export class EventNotAuthentic extends Error {
  override readonly name = 'EventNotAuthentic';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'EventNotAuthentic');
  }
}
