import { describe, expect, it } from 'vitest';
import { productScopes, scopeGroups } from './scope-groups';
import { keyState } from './types';

describe('the permissions of a key', () => {
  it('are grouped by what they are about', () => {
    expect(scopeGroups(productScopes)).toEqual([
      { subject: 'quota', permissions: ['quota:read', 'quota:write'] },
      { subject: 'usage', permissions: ['usage:read', 'usage:write'] },
      { subject: 'subscription', permissions: ['subscription:read'] },
    ]);
  });
});

describe('the state of a key', () => {
  const now = '2026-03-01T00:00:00.000Z';
  it.each([
    [null, null, 'active'],
    ['2026-03-15T00:00:00.001Z', null, 'active'],
    ['2026-03-15T00:00:00.000Z', null, 'expiring'],
    ['2026-03-01T00:00:00.000Z', null, 'expired'],
    ['2026-02-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'revoked'],
  ])('that expires at %s and was revoked at %s is %s', (expiresAt, revokedAt, state) => {
    expect(keyState({ expiresAt, revokedAt }, now)).toBe(state);
  });
});
