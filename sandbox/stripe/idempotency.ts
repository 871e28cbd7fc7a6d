import { createHash } from 'node:crypto';
import type { Rows } from '../server/tables';
import { Refusal } from './errors';

/** What a key was first used for, and what came of it: https://docs.stripe.com/api/idempotent_requests */
export interface IdempotentRequest {
  /** The key. One sandbox is one account. */
  id: string;
  endpoint: string;
  /** A digest of the parameters, which may hold card numbers. */
  parameters: string;
  created: number;
  /** Null while the first request is under way. */
  answer: { requestId: string; status: number; body: string } | null;
}

const forgetAfter = 24 * 3_600;

/** A digest of form parameters, whatever their order. */
export function digestOf(form: string): string {
  return createHash('sha256').update(JSON.stringify([...new URLSearchParams(form)].sort())).digest('hex');
}

/**
 * Claims a key for a request, or gives the answer of the request that had it. Throws Stripe's `idempotency_error` for a
 * key that was used for something else, and 409 while the first is under way.
 */
export function claimKey(rows: Rows<IdempotentRequest>, claim: Omit<IdempotentRequest, 'answer'>): IdempotentRequest {
  for (const old of rows.where((row) => row.created < claim.created - forgetAfter)) rows.delete(old.id);
  const first = rows.get(claim.id);
  if (!first) return rows.insert({ ...claim, answer: null });
  const otherwise = `Try using a key other than '${claim.id}' if you meant to execute a different request.`;
  if (first.endpoint !== claim.endpoint) {
    throw new Refusal(400, { type: 'idempotency_error', message: `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${first.endpoint}'). ${otherwise}` });
  }
  if (first.parameters !== claim.parameters) {
    throw new Refusal(400, { type: 'idempotency_error', message: `Keys for idempotent requests can only be used with the same parameters they were first used with. ${otherwise}` });
  }
  if (!first.answer) {
    throw new Refusal(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: `There is currently another in-progress request using this Stripe Idempotency Key: ${claim.id}. Please try again later.` });
  }
  return first;
}
