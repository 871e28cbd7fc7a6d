import { rolePermissions, type Role } from '../permissions';

const covers = (role: Role, other: Role): boolean => rolePermissions[other].every((permission) => rolePermissions[role].includes(permission));

/**
 * The role of somebody whose credential is limited to a role: the one of the two that may do less. Of two that each may do
 * what the other may not, neither: they may only look.
 */
export function lesserRole(role: Role, limit: Role | null | undefined): Role {
  if (!limit || covers(limit, role)) return role;
  return covers(role, limit) ? limit : 'viewer';
}
