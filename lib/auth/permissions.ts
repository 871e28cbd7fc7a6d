const accountPermissions = [
  'account:read', 'account:write',
  'member:read', 'member:write',
  'subscription:read', 'subscription:write',
  'usage:read', 'usage:write',
  'quota:read', 'quota:write',
  'invoice:read', 'invoice:write',
  'payment:read', 'payment:write',
  'alert:write', 'cost_centre:write',
  'webhook:read', 'webhook:write',
  'api_key:read', 'api_key:write',
  'audit:read',
] as const;

/** What only the seller's own keys may hold: the catalog, which version of a plan customers run, what one customer is granted beside their plan, the fate of invoices, money that goes back, and frames in which their customers are signed in. */
export const sellerPermissions = ['catalog:write', 'subscription:manage', 'quota:manage', 'invoice:manage', 'payment:manage', 'embed:write'] as const;

/** What only people hold: a key that could make members or keys would outlive whoever made it. */
export const peoplePermissions = ['member:write', 'api_key:read', 'api_key:write'] as const;

/** What a caller may do. API keys carry these as scopes; people get them from their role. */
export const permissions = [...accountPermissions, ...sellerPermissions] as const;

export type Permission = (typeof permissions)[number];
export type Role = 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';

const read: Permission[] = ['account:read', 'member:read', 'subscription:read', 'usage:read', 'quota:read', 'invoice:read'];

/** Who may do what, in one table. What an owner may and an admin may not is about owners: see `team/owner-rule.ts`. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: accountPermissions,
  admin: accountPermissions,
  billing: [...read, 'account:write', 'subscription:write', 'invoice:write', 'payment:read', 'payment:write', 'alert:write', 'cost_centre:write'],
  developer: [...read, 'usage:write', 'quota:write', 'alert:write', 'webhook:read', 'webhook:write', 'api_key:read', 'api_key:write'],
  viewer: read,
};

/** Whether only the seller's own keys may hold it. */
export function isSellerPermission(permission: string): boolean {
  return (sellerPermissions as readonly string[]).includes(permission);
}

/** Whether only people may hold it, and no key whatever its scopes say. */
export function isPeoplePermission(permission: string): boolean {
  return (peoplePermissions as readonly string[]).includes(permission);
}
