import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { assertMay } from '../actor-permissions';
import { assertOwnerRule } from './owner-rule';
import { countOwners, deleteMembership, findMember, findMembership } from './store';

/**
 * Takes a member out of the account: their next request is refused, whatever session or token it carries. Keys that they
 * made are the account's and go on working. Throws `forbidden` without `member:write`, `not_found`, `owner_required` and
 * `last_owner`.
 */
export function removeMember(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const by = await assertMay(transaction, context, 'member:write');
    const member = found(await findMember(transaction, context.accountId, id), 'member');
    assertOwnerRule({ by, from: member.role, to: null, owners: await countOwners(transaction, context.accountId) });
    await deleteMembership(transaction, member, context.clock.now());
    const { name, email } = member.user;
    await recordAudit(transaction, context, { action: 'member.removed', subject: id, before: { name, email, role: member.role } });
  });
}

/** The person who asks leaves the account, whatever their role. Throws `forbidden` for whoever is no member, and `last_owner`. */
export function leaveAccount(context: Context): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const membership = context.actor.kind === 'person' ? await findMembership(transaction, context.accountId, context.actor.id) : null;
    if (!membership) throw new DomainError('forbidden', 'Only a person who belongs to the account can leave it.');
    const { id, role } = membership;
    assertOwnerRule({ by: role, from: role, to: null, owners: await countOwners(transaction, context.accountId) });
    await deleteMembership(transaction, membership, context.clock.now());
    await recordAudit(transaction, context, { action: 'member.left', subject: id, before: { role } });
  });
}
