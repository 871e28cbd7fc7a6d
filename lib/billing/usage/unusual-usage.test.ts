import { describe, expect, it } from 'vitest';
import { judgeUse } from './unusual-usage';

const judge = (earlier: number[], quantity: number, minimum = 10) => judgeUse({ earlier: earlier.map(BigInt), quantity: BigInt(quantity), minimum: BigInt(minimum) });
const noisyWeeks = [96, 104, 99, 110, 91, 103, 100, 97];

/** Numbers from 0 to 1, the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

describe('judgeUse', () => {
  it('notices a spike and a drop to nothing', () => {
    expect(judge(noisyWeeks, 400)).toMatchObject({ kind: 'spike' });
    expect(judge(noisyWeeks, 0)).toMatchObject({ kind: 'drop' });
    expect(judge([100, 100, 100, 100], 1000)).toEqual({ kind: 'spike', expected: 100n, score: 90 });
  });

  it('is silent about ordinary days, quiet weekends and steady growth', () => {
    expect(judge(noisyWeeks, 118)).toBeNull();
    expect(judge([0, 0, 0, 0, 0, 0, 0, 0], 0)).toBeNull();
    expect(judge([100, 120, 144, 173, 207, 249, 299, 358], 430)).toBeNull();
    expect(judge([358, 299, 249, 207, 173, 144, 120, 100], 83)).toBeNull();
  });

  it('is not dulled by an earlier spike, and does not take the week after one for a drop', () => {
    const afterSpike = [100, 100, 100, 900, 100, 100, 100, 100];
    expect(judge(afterSpike, 900)).toMatchObject({ kind: 'spike' });
    expect(judge(afterSpike, 100)).toBeNull();
  });

  it('does not speak of a handful of units, nor with less than four weeks to go by', () => {
    expect(judge([1, 0, 1, 1, 0, 1, 0, 1], 9)).toBeNull();
    expect(judge([0, 0, 0, 0, 0, 0, 0, 0], 9)).toBeNull();
    expect(judge([0, 0, 0, 0, 0, 0, 0, 0], 500)).toMatchObject({ kind: 'spike', expected: 0n });
    expect(judge([100, 100, 100], 9_000)).toBeNull();
  });

  it('raises a false alarm on fewer than one in two hundred days that vary by half', () => {
    const random = randomFrom(11);
    const day = (): number => Math.round(1000 * (0.75 + random() * 0.5));
    const alarms = Array.from({ length: 2000 }, () => judge(Array.from({ length: 8 }, day), day())).filter((judgement) => judgement !== null);
    expect(alarms.length).toBeLessThan(10);
  });

  it('counts past what a float can tell apart', () => {
    const huge = 2n ** 60n;
    expect(judgeUse({ earlier: [huge, huge, huge, huge], quantity: huge * 4n, minimum: 10n })).toMatchObject({ kind: 'spike', expected: huge });
  });
});
