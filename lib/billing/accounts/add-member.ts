import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { MemberRole } from './account';
import { insertMember } from './store';

/** Lets a person into the account. Throws `conflict` when they belong to it already, and `not_found`. */
export function addMember(context: Context, member: { userId: string; role: MemberRole; invitedById?: string | null }): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const id = await insertMember(transaction, { accountId: context.accountId, ...member, now: context.clock.now() });
    if (!id) throw new DomainError('conflict', 'This person already belongs to the account.');
    await recordAudit(transaction, context, { action: 'member.added', subject: id, after: { userId: member.userId, role: member.role } });
  });
}
