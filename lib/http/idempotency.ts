import { createHash } from 'node:crypto';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Outgoing } from './envelope';
import { claimKey, keepAnswer, readAnswer, storeAnswer, type StoredAnswer } from './store';

interface Claim {
  context: Context;
  operation: string;
  key: string;
  /** What must be the same when the key is used again. */
  request: string;
}

function namesOf({ context, operation, request }: Claim): { scope: string; requestHash: string } {
  return { scope: `${context.accountId} ${operation}`, requestHash: createHash('sha256').update(request).digest('hex') };
}

/** The answer of the first time. Throws `idempotency_key_reused` when it answered another request. */
function replay(stored: StoredAnswer, requestHash: string): Outgoing {
  if (stored.requestHash !== requestHash) throw new DomainError('idempotency_key_reused');
  return {
    status: stored.status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'idempotent-replay': 'true' },
    body: stored.body,
  };
}

/**
 * Acts at most once for each (account, operation, key). The claim, the change and the stored answer commit together:
 * a second call with the key waits for the first and gets its answer; after a crash nothing of either is left.
 * A refused request (4xx) is not stored, so it may be tried again. Throws `idempotency_key_reused` for another request.
 */
export function answerOnce(claim: Claim, act: () => Promise<Outgoing>): Promise<Outgoing> {
  const { scope, requestHash } = namesOf(claim);
  return inTransaction(async (transaction) => {
    const stored = await claimKey(transaction, { scope, key: claim.key, requestHash, createdAt: claim.context.clock.now() });
    if (stored) return replay(stored, requestHash);
    const outgoing = await act();
    if (typeof outgoing.body === 'string') await storeAnswer(transaction, scope, claim.key, outgoing.status, outgoing.body);
    return outgoing;
  });
}

/**
 * For an operation that commits on its own and counts each of its parts once by keys of their own: keeps its answer
 * afterwards and gives it again. Two calls at once may both act, which counts once, and both get the answer kept first.
 * Throws `idempotency_key_reused` for another request.
 */
export async function answerAgain(claim: Claim, act: () => Promise<Outgoing>): Promise<Outgoing> {
  const { scope, requestHash } = namesOf(claim);
  const stored = await readAnswer(database(), scope, claim.key);
  if (stored) return replay(stored, requestHash);
  const outgoing = await act();
  if (typeof outgoing.body !== 'string') return outgoing;
  const first = await keepAnswer(database(), scope, claim.key, { requestHash, status: outgoing.status, body: outgoing.body }, claim.context.clock.now());
  return first.requestHash === requestHash && first.body === outgoing.body ? outgoing : replay(first, requestHash);
}
