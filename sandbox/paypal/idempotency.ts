import { createHash } from 'node:crypto';
import { Refusal, unprocessable } from './errors';
import type { Rows } from '../server/tables';

/** What a `PayPal-Request-Id` was used for: https://developer.paypal.com/api/rest/reference/idempotency/ */
export interface IdempotentRequest {
  /** Path and request id: the same one at another path is another. */
  id: string;
  body: string;
  /** Milliseconds since 1970. */
  expires: number;
  /** Null while the first request is under way. */
  answer: { status: number; body: string } | null;
}

const hour = 3_600_000;

/** How long PayPal keeps them: six hours for orders, three for the vault, 45 days for refunds, three days else. */
function keptFor(path: string): number {
  if (path.startsWith('/v2/checkout/')) return 6 * hour;
  if (path.startsWith('/v3/vault/')) return 3 * hour;
  return path.startsWith('/v2/payments/') ? 45 * 24 * hour : 72 * hour;
}

/**
 * Claims a request id, or gives what came of the request that had it. Throws `DUPLICATE_REQUEST_ID` where it was used
 * with another body, and 409 while the first is under way.
 */
export function claimRequestId(rows: Rows<IdempotentRequest>, { path, requestId, body, now }: { path: string; requestId: string; body: string; now: number }): IdempotentRequest {
  for (const old of rows.where(({ expires }) => expires <= now)) rows.delete(old.id);
  const id = `${path} ${requestId}`;
  const digest = createHash('sha256').update(body).digest('hex');
  const first = rows.get(id);
  if (!first) return rows.insert({ id, body: digest, expires: now + keptFor(path), answer: null });
  if (first.body !== digest) throw unprocessable('DUPLICATE_REQUEST_ID', 'The value of PayPal-Request-Id header has already been used.');
  if (!first.answer) {
    throw new Refusal(409, 'RESOURCE_CONFLICT', 'The server has detected a conflict while processing this request.', [
      { issue: 'PREVIOUS_REQUEST_IN_PROGRESS', description: 'A previous request on this resource is currently in progress. Please wait for some time and try again.' },
    ]);
  }
  return first;
}
