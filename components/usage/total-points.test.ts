import { describe, expect, it } from 'vitest';
import { totalPoints } from './total-points';

const points = ['01', '02', '03', '04', '05'].map((day, index) => ({ at: `2026-03-${day}`, quantity: index < 3 ? '10' : '0' }));

describe('totalPoints', () => {
  it('adds up to today and goes evenly to the forecast from there', () => {
    const drawn = totalPoints(points, '2026-03-03', { expected: '50', low: '40', high: '70' });
    expect(drawn.map(({ total }) => total)).toEqual(['10', '20', '30', null, null]);
    expect(drawn.map(({ expected }) => expected)).toEqual([null, null, 30, 40, 50]);
    expect(drawn.at(-1)?.range).toEqual([40, 70]);
  });

  it('has no forecast for a period that is over, nor on its last day', () => {
    expect(totalPoints(points, null, null).map(({ total }) => total)).toEqual(['10', '20', '30', '30', '30']);
    expect(totalPoints(points, '2026-03-05', { expected: '30', low: '30', high: '30' }).every(({ expected }) => expected === null)).toBe(true);
  });
});
