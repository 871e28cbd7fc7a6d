import { expect, it } from 'vitest';
import { toPlain } from './plain';

it('hands a browser big numbers and dates as text, at any depth', () => {
  const at = new Date('2026-03-01T08:00:00Z');
  expect(toPlain({ minor: 9007199254740993n, lines: [{ at, note: null, on: true }], none: undefined })).toEqual({
    minor: '9007199254740993',
    lines: [{ at: '2026-03-01T08:00:00.000Z', note: null, on: true }],
    none: undefined,
  });
});
