import { expect, it } from 'vitest';
import { daysOfMonth, monthAfter, monthOf } from './months';

it('months are those of the zone’s clocks, leap years too', () => {
  expect(monthOf(new Date('2026-02-28T23:30:00Z'), 'Asia/Shanghai')).toBe('2026-03');
  expect(daysOfMonth('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect([monthAfter('2026-12'), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
});
