import { describe, expect, it } from 'vitest';
import { rolePermissions, type Role } from '../permissions';
import { lesserRole } from './lesser-role';

const roles = Object.keys(rolePermissions) as Role[];

describe('a role that is limited to another', () => {
  it('never may what the person or the limit may not', () => {
    for (const role of roles) {
      for (const limit of roles) {
        const held = rolePermissions[lesserRole(role, limit)];
        expect(held.filter((permission) => !rolePermissions[role].includes(permission) || !rolePermissions[limit].includes(permission))).toEqual([]);
      }
    }
  });

  it('is the role itself without a limit, and the limit where that is less', () => {
    expect(lesserRole('admin', null)).toBe('admin');
    expect(lesserRole('owner', 'billing')).toBe('billing');
    expect(lesserRole('billing', 'owner')).toBe('billing');
    expect(lesserRole('billing', 'developer')).toBe('viewer');
  });
});
