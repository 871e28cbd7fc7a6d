import { createHash } from 'node:crypto';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Outgoing } from './envelope';
import { claimKey, storeAnswer } from './store';

interface Claim {
  context: Context;
  operation: string;
  key: string;
  /** What must be the same when the key is used again. */
  request: string;
}

/**
 * Acts at most once for each (account, operation, key). The claim, the change and the stored answer commit together:
 * a second call with the key waits for the first and gets its answer; after a crash nothing of either is left.
 * A refused request (4xx) is not stored, so it may be tried again. Throws `idempotency_key_reused` for another request.
 */
export function answerOnce(claim: Claim, act: () => Promise<Outgoing>): Promise<Outgoing> {
  const scope = `${claim.context.accountId} ${claim.operation}`;
  const requestHash = createHash('sha256').update(claim.request).digest('hex');
  return inTransaction(async (transaction) => {
    const stored = await claimKey(transaction, { scope, key: claim.key, requestHash, createdAt: claim.context.clock.now() });
    if (stored) {
      if (stored.requestHash !== requestHash) throw new DomainError('idempotency_key_reused');
      return {
        status: stored.status,
        headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'idempotent-replay': 'true' },
        body: stored.body,
      };
    }
    const outgoing = await act();
    if (typeof outgoing.body === 'string') await storeAnswer(transaction, scope, claim.key, outgoing.status, outgoing.body);
    return outgoing;
  });
}
