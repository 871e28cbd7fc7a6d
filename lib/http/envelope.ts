import { errorCodes, type ErrorCode, type FieldIssue } from '@/lib/core/errors';
import { toJson } from './json';
import { knownError } from './known-error';

/** Every JSON answer has this shape; `code` is `ok` or one of the error codes. */
export interface Envelope<Payload> {
  success: boolean;
  code: 'ok' | ErrorCode;
  message: string;
  payload: Payload;
}

/** An answer ready to send. */
export interface Outgoing {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

const jsonHeaders = (): Record<string, string> => ({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });

export function success(payload: unknown): Outgoing {
  const envelope: Envelope<unknown> = { success: true, code: 'ok', message: 'OK', payload };
  return { status: 200, headers: jsonHeaders(), body: toJson(envelope) };
}

export interface ErrorPayload {
  requestId: string;
  issues?: FieldIssue[];
}

/** The answer to an error: its own words when it was meant for the caller, else what `knownError` makes of it. */
export function failure(error: unknown, requestId: string): Outgoing {
  const known = knownError(error, requestId, 'request');
  const payload: ErrorPayload = { requestId };
  if (known.details.issues) payload.issues = known.details.issues;
  const envelope: Envelope<ErrorPayload> = { success: false, code: known.code, message: known.message, payload };
  const headers = jsonHeaders();
  if (known.details.retryAfterSeconds) headers['retry-after'] = String(known.details.retryAfterSeconds);
  if (known.status === 401) headers['www-authenticate'] = 'Bearer';
  return { status: errorCodes[known.code].status, headers, body: toJson(envelope) };
}
