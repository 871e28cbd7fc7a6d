import { describe, expect, it } from 'vitest';
import { parsePercentages } from './percentages';

describe('parsePercentages', () => {
  it('takes them however they are parted, in order and once', () => {
    expect(['80, 50', '50%、80％', ' 50;80 80 ', '50\n80'].map(parsePercentages)).toEqual(Array(4).fill([50, 80]));
    expect(parsePercentages('  ')).toEqual([]);
  });
  it('refuses what is no whole percentage from 1 to 1000, and more than ten', () => {
    expect(['0', '1001', '12.5', 'fifty', '-1', '1 2 3 4 5 6 7 8 9 10 11'].map(parsePercentages)).toEqual(Array(6).fill(null));
  });
});
