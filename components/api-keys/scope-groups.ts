import type { Permission } from '@/lib/auth/permissions';

/** What a product backend needs, and nothing more. */
export const productScopes: readonly Permission[] = ['quota:read', 'quota:write', 'usage:read', 'usage:write', 'subscription:read'];

export interface ScopeGroup {
  /** What the permissions are about: `usage`. */
  subject: string;
  permissions: Permission[];
}

/** The permissions by what they are about, in the order in which they came. */
export function scopeGroups(permissions: readonly Permission[]): ScopeGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const subject = permission.split(':')[0] ?? permission;
    groups.set(subject, [...(groups.get(subject) ?? []), permission]);
  }
  return [...groups].map(([subject, held]) => ({ subject, permissions: held }));
}
