import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { lesserRole } from './embedding/lesser-role';
import { rolePermissions, type Permission, type Role } from './permissions';
import { roleOf } from './store';

/** The actor's role in the account at this moment; we ourselves act as an owner, and keys have no role. */
async function actorRole(db: Database, { actor, accountId, roleAtMost }: Context): Promise<Role | null> {
  if (actor.kind === 'system') return 'owner';
  const role = actor.kind === 'person' ? await roleOf(db, accountId, actor.id) : null;
  return role && lesserRole(role, roleAtMost as Role | undefined);
}

/**
 * The actor's role, read in the transaction of the change: who lost it since the request was let in is refused. For what
 * only people may do. Throws `forbidden`.
 */
export async function assertMay(db: Database, context: Context, permission: Permission): Promise<Role> {
  const role = await actorRole(db, context);
  if (!role || !rolePermissions[role].includes(permission)) throw new DomainError('forbidden');
  return role;
}
