import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { assertMay } from '../actor-permissions';
import type { Role } from '../permissions';
import { assertOwnerRule } from './owner-rule';
import { countOwners, findMember, setRole } from './store';

/**
 * Gives a member another role, which counts from their next request on; the role they have changes nothing. Throws
 * `forbidden` without `member:write`, `not_found`, `owner_required` and `last_owner`.
 */
export function changeRole(context: Context, { id, role }: { id: string; role: Role }): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const by = await assertMay(transaction, context, 'member:write');
    const member = found(await findMember(transaction, context.accountId, id), 'member');
    assertOwnerRule({ by, from: member.role, to: role, owners: await countOwners(transaction, context.accountId) });
    if (member.role === role) return;
    await setRole(transaction, id, role);
    const who = { name: member.user.name, email: member.user.email };
    await recordAudit(transaction, context, { action: 'member.role_changed', subject: id, before: { ...who, role: member.role }, after: { ...who, role } });
  });
}
