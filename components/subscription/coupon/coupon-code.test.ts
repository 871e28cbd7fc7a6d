import { expect, it } from 'vitest';
import { couponCodeOf } from './coupon-code';

it('takes a code as it was typed, and says what is wrong with any other', () => {
  expect(couponCodeOf(' demo-20 ')).toEqual({ code: 'DEMO-20' });
  expect(couponCodeOf('  ')).toEqual({ problem: 'empty' });
  expect(couponCodeOf('20 %')).toEqual({ problem: 'form' });
  expect(couponCodeOf('A'.repeat(41))).toEqual({ problem: 'form' });
});
