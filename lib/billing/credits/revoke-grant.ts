import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { creditRevoked } from '../ledger/bookings';
import { post } from '../ledger/post';
import { isPaidFor, type Grant } from './grant';
import * as store from './store';

/**
 * Takes back what is left of credit that was given away. Said again, it stays taken back since the first time.
 * Throws `not_found`, and `credit_not_revocable` for credit that the customer paid for.
 */
export function revokeGrant(context: Context, grantId: string, reason: string): Promise<Grant> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const grant = found(await store.readGrant(transaction, context.accountId, grantId), 'credit grant');
    if (isPaidFor(grant)) throw new DomainError('credit_not_revocable');
    if (grant.revokedAt) return grant;
    const { accountId, currency, leftMinor } = grant;
    const revokedAt = context.clock.now();
    await store.markRevoked(transaction, grant.id, revokedAt);
    if (leftMinor > 0n) {
      const movement = await store.moveGrants(transaction, { accountId, currency, kind: 'revoked', occurredAt: revokedAt, parts: [{ grant, amountMinor: leftMinor }] });
      await post(transaction, context, creditRevoked({ reference: `${grant.id} ${movement}`, currency, amountMinor: leftMinor }));
    }
    await recordAudit(transaction, context, { action: 'credit.revoked', subject: grant.id, before: { leftMinor }, after: { leftMinor: 0n, reason } });
    return { ...grant, leftMinor: 0n, revokedAt };
  });
}
