import { DomainError } from '@/lib/core/errors';
import type { Role } from '../permissions';

export interface RoleChange {
  /** The role of who makes the change. */
  by: Role;
  /** The member's role until now; null for somebody who joins. */
  from: Role | null;
  /** The member's role from now on; null for somebody who leaves or is removed. */
  to: Role | null;
  /** How many owners the account has. */
  owners: number;
}

/**
 * Owners alone make, change and remove owners, and an account keeps one. Throws `owner_required` and `last_owner`.
 */
export function assertOwnerRule({ by, from, to, owners }: RoleChange): void {
  if (from === to) return;
  if ((from === 'owner' || to === 'owner') && by !== 'owner') throw new DomainError('owner_required');
  if (from === 'owner' && owners <= 1) throw new DomainError('last_owner');
}
