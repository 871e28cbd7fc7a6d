import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { idOfUuid, newId, uuidOfId } from './ids';

describe('ids', () => {
  it('are 24 digits after their prefix, and never the same twice', () => {
    const ids = Array.from({ length: 20_000 }, () => newId('inv'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^inv_[0-9a-hjkmnp-tv-z]{24}$/);
  });

  it('sort by the moment they were made at', () => {
    const clock = vi.spyOn(Date, 'now');
    try {
      fc.assert(
        fc.property(fc.nat({ max: 2 ** 47 }), fc.integer({ min: 1, max: 2 ** 40 }), (moment, later) => {
          clock.mockReturnValue(moment);
          const early = newId('inv');
          clock.mockReturnValue(moment + later);
          expect(newId('inv') > early).toBe(true);
        }),
      );
    } finally {
      clock.mockRestore();
    }
  });

  it('of something with a UUID lead back to it', () => {
    const uuids = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', ...Array.from({ length: 500 }, () => randomUUID())];
    for (const uuid of uuids) {
      const id = idOfUuid('evt', uuid);
      expect(id).toMatch(/^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
      expect(uuidOfId('evt', id)).toBe(uuid);
      expect(BigInt(`0x${uuid.replaceAll('-', '')}`)).toBe([...id.slice(4)].reduce((value, digit) => value * 32n + BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit)), 0n));
    }
  });
});
