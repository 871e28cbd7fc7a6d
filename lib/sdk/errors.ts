import type { Decision } from './types.js';

/** What every error of this client is. */
export abstract class PortalError extends Error {
  abstract readonly code: string;
}

/** The portal answered, and the answer is an error. Decide by `code`; the message is for people. */
export class PortalAnswerError extends PortalError {
  override readonly name = 'PortalAnswerError';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    /** Tell it to support. */
    readonly requestId: string | null,
    /** What is wrong with the input, field by field. */
    readonly issues: readonly { field: string; message: string }[] = [],
    /** When the portal asked to come again, in seconds. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

/** No answer came: the network, a timeout, or something between here and the portal. The cause says more. */
export class PortalUnreachableError extends PortalError {
  override readonly name = 'PortalUnreachableError';
  readonly code = 'unreachable';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** The quota refused what was asked. The decision says why. */
export class QuotaRefusedError extends PortalError {
  override readonly name = 'QuotaRefusedError';
  readonly code: string;

  constructor(readonly decision: Decision) {
    super(`The quota of ${decision.feature} refused: ${decision.reason ?? 'limit_reached'}.`);
    this.code = decision.reason ?? 'limit_reached';
  }
}

/** More usage waits to be sent than may be kept in memory, so this event was not taken. */
export class UsageBufferFullError extends PortalError {
  override readonly name = 'UsageBufferFullError';
  readonly code = 'usage_buffer_full';
}

/** The client was closed. */
export class ClientClosedError extends PortalError {
  override readonly name = 'ClientClosedError';
  readonly code = 'client_closed';

  constructor() {
    super('This client was closed.');
  }
}

/** Whether the portal is away or too busy, rather than refusing this very request. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof PortalUnreachableError) return true;
  return error instanceof PortalAnswerError && (error.status === 429 || error.status >= 500);
}
