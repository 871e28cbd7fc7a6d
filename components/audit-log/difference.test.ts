import { describe, expect, it } from 'vitest';
import { differencesOf } from './difference';

describe('what changed', () => {
  it('is told field by field, also inside fields, without what stayed', () => {
    expect(differencesOf({ name: 'A', address: { city: 'X', line1: 'Y' } }, { name: 'B', address: { city: 'Z', line1: 'Y' } })).toEqual([
      { path: 'name', before: 'A', after: 'B' },
      { path: 'address.city', before: 'X', after: 'Z' },
    ]);
  });

  it('of something new is all of it, of something removed all that it was', () => {
    expect(differencesOf({}, { role: 'viewer' })).toEqual([{ path: 'role', before: undefined, after: 'viewer' }]);
    expect(differencesOf({ role: 'viewer' }, {})).toEqual([{ path: 'role', before: 'viewer', after: undefined }]);
  });

  it('names nothing that is empty on both sides, whatever emptiness looks like', () => {
    expect(differencesOf({ a: null, b: [], c: '' }, { a: '', c: null, d: {} })).toEqual([]);
    expect(differencesOf({ scopes: ['a'] }, { scopes: ['a', 'b'] })).toEqual([{ path: 'scopes', before: ['a'], after: ['a', 'b'] }]);
    expect(differencesOf({ enabled: false }, { enabled: true })).toEqual([{ path: 'enabled', before: false, after: true }]);
  });
});
