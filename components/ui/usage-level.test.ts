import { expect, it } from 'vitest';
import { usageLevel } from './usage-level';

it('warns from 80 percent on, and tells reached from passed', () => {
  expect(usageLevel('79', '100')).toEqual({ level: 'normal', percent: 79 });
  expect(usageLevel('80', '100')).toEqual({ level: 'near', percent: 80 });
  expect(usageLevel('100', '100')).toEqual({ level: 'reached', percent: 100 });
  expect(usageLevel('125', '100')).toEqual({ level: 'over', percent: 125 });
});

it('tells the last unit apart above 2^53', () => {
  expect(usageLevel('9007199254740992', '9007199254740993').level).toBe('near');
  expect(usageLevel('9007199254740994', '9007199254740993').level).toBe('over');
});

it('has nothing to warn of without a limit', () => {
  expect(usageLevel('5', null)).toEqual({ level: 'normal', percent: 0 });
  expect(usageLevel('0', '0')).toEqual({ level: 'normal', percent: 0 });
  expect(usageLevel('1', '0').level).toBe('over');
});
