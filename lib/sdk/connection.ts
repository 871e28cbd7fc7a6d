import { wait, type Clock } from './clock.js';
import { isUnavailable, PortalAnswerError, PortalUnreachableError } from './errors.js';
import { parseJson, toJson } from './json.js';

export interface ConnectionOptions {
  /** Address of the portal, such as `https://billing.example.com`. */
  baseUrl: string;
  apiKey: string;
  /** The account to act for; needed with a seller key only. */
  account?: string;
  /** How long to wait for one answer. */
  timeoutMs: number;
  /** How often a request is sent at most. */
  attempts: number;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** From 0 inclusive to 1 exclusive. */
  random(): number;
}

export interface Sent {
  /** Sent as JSON, the same at every attempt: a key in it makes sure that the work is done once. */
  body?: object;
  /** How often it is sent at most; as the connection says unless given. */
  attempts?: number;
}

const firstPause = 100;
const longestPause = 5_000;
const repeatable = new Set([429, 502, 503, 504]);

/** Milliseconds before the next attempt: a random part of a span that doubles, so that callers do not come back together. */
export function backOff(attempt: number, random: () => number): number {
  const span = Math.min(longestPause, firstPause * 2 ** attempt);
  return span / 2 + (random() * span) / 2;
}

interface Envelope {
  success: boolean;
  code: string;
  message: string;
  payload: unknown;
}

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && 'success' in value && 'code' in value && 'payload' in value;
}

/** Sends requests to the portal, again where that may help. */
export class Connection {
  constructor(readonly options: ConnectionOptions) {}

  /**
   * The payload of the answer. Sends again on network errors, 429 and 502 to 504, after the pause that the portal asks
   * for or one that grows. Throws `PortalAnswerError` and `PortalUnreachableError`.
   */
  async call(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<unknown> {
    const { clock, random } = this.options;
    const attempts = sent.attempts ?? this.options.attempts;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.send(method, path, sent);
      } catch (error) {
        if (attempt + 1 >= attempts || !mayRepeat(error)) throw error;
        const asked = error instanceof PortalAnswerError ? error.retryAfterSeconds : null;
        await wait(clock, Math.max(backOff(attempt, random), (asked ?? 0) * 1_000));
      }
    }
  }

  private async send(method: string, path: string, { body }: Sent): Promise<unknown> {
    const { baseUrl, apiKey, account, timeoutMs, fetch, clock } = this.options;
    const headers: Record<string, string> = { authorization: `Bearer ${apiKey}`, accept: 'application/json' };
    if (account !== undefined) headers['portal-account'] = account;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const controller = new AbortController();
    const callOff = clock.after(timeoutMs, () => controller.abort(new Error(`No answer within ${timeoutMs} ms.`)), true);
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers,
        signal: controller.signal,
        ...(body !== undefined && { body: toJson(body) }),
      });
      return payloadOf(response, await response.text());
    } catch (error) {
      if (error instanceof PortalAnswerError) throw error;
      throw new PortalUnreachableError(`${method} ${path} got no answer.`, error);
    } finally {
      callOff();
    }
  }
}

function mayRepeat(error: unknown): boolean {
  return isUnavailable(error) && (!(error instanceof PortalAnswerError) || repeatable.has(error.status));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function payloadOf(response: Response, text: string): unknown {
  const envelope = parsed(text);
  if (response.ok && isEnvelope(envelope) && envelope.success) return envelope.payload;
  const seconds = Number(response.headers.get('retry-after'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  if (!isEnvelope(envelope)) {
    throw new PortalAnswerError('not_an_envelope', response.status, `The answer of status ${response.status} is not the portal's.`, null, [], retryAfter);
  }
  const details = (envelope.payload ?? {}) as { requestId?: string; issues?: { field: string; message: string }[] };
  throw new PortalAnswerError(envelope.code, response.status, envelope.message, details.requestId ?? null, details.issues, retryAfter);
}
