import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../permissions';
import { assertOwnerRule } from './owner-rule';

const roles: Role[] = ['owner', 'admin', 'billing', 'developer', 'viewer'];
const managers: Role[] = ['owner', 'admin'];

describe('the rule about owners', () => {
  it('lets an admin give and take every role but that of owner', () => {
    for (const to of roles) {
      const change = () => assertOwnerRule({ by: 'admin', from: 'viewer', to, owners: 2 });
      if (to === 'owner') expect(change).toThrow(expect.objectContaining({ code: 'owner_required' }));
      else expect(change).not.toThrow();
    }
    expect(() => assertOwnerRule({ by: 'admin', from: 'owner', to: null, owners: 2 })).toThrow(expect.objectContaining({ code: 'owner_required' }));
  });

  it('keeps the last owner', () => {
    for (const to of ['admin', null] as const) {
      expect(() => assertOwnerRule({ by: 'owner', from: 'owner', to, owners: 1 })).toThrow(expect.objectContaining({ code: 'last_owner' }));
      expect(() => assertOwnerRule({ by: 'owner', from: 'owner', to, owners: 2 })).not.toThrow();
    }
  });

  it('leaves an account with an owner, whatever changes are tried in whatever order', () => {
    const change = fc.record({ by: fc.constantFrom(...managers), member: fc.nat(4), to: fc.constantFrom<Role | null>(...roles, null) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const members: (Role | null)[] = ['owner', 'owner', 'admin', 'billing', 'viewer'];
        for (const { by, member, to } of changes) {
          const from = members[member] ?? null;
          const owners = members.filter((role) => role === 'owner').length;
          try {
            assertOwnerRule({ by, from, to, owners });
          } catch {
            continue;
          }
          if (by === 'admin' && from !== to) expect([from, to]).not.toContain('owner');
          members[member] = to;
          expect(members).toContain('owner');
        }
      }),
    );
  });
});
