import { expect, it } from 'vitest';
import { shownStatus } from './invoice-view';

it('calls an open invoice overdue once its due date has passed, and no other', () => {
  const dueAt = '2026-04-15T02:00:00.000Z';
  expect(shownStatus({ status: 'open', dueAt }, '2026-04-15T02:00:00.000Z')).toBe('open');
  expect(shownStatus({ status: 'open', dueAt }, '2026-04-15T02:00:00.001Z')).toBe('overdue');
  expect(shownStatus({ status: 'open', dueAt: null }, '2027-01-01T00:00:00.000Z')).toBe('open');
  for (const status of ['draft', 'paid', 'void', 'uncollectible'] as const) expect(shownStatus({ status, dueAt }, '2027-01-01T00:00:00.000Z')).toBe(status);
});
