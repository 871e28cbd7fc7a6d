import { describe, expect, it } from 'vitest';
import { PassingMap } from './passing-map';

describe('PassingMap', () => {
  it('holds what a Map holds, however much came and went', () => {
    const map = new Map<number, number>();
    const passing = new PassingMap<number, number>();
    let seed = 7;
    const chance = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let step = 0; step < 20_000; step += 1) {
      const key = chance(60);
      if (chance(2) === 0) {
        map.set(key, step);
        passing.set(key, step);
      } else {
        map.delete(key);
        passing.delete(key);
      }
      const asked = chance(60);
      expect(passing.get(asked)).toBe(map.get(asked));
    }
  });

  it('goes on with what is there when it begins a table anew', () => {
    const passing = new PassingMap<string, number>();
    passing.set('stays', 1);
    for (let count = 0; count < 5_000; count += 1) {
      passing.set(`passes ${count}`, count);
      expect(passing.get(`passes ${count}`)).toBe(count);
      passing.delete(`passes ${count}`);
    }
    expect(passing.get('stays')).toBe(1);
    expect(passing.get('passes 4999')).toBeUndefined();
  });
});
