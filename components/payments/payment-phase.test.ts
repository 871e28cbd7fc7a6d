import { expect, it } from 'vitest';
import { attemptStatuses } from '@/lib/billing/payments/attempt';
import { phaseOf, pollAfter } from './payment-phase';

it('goes on with whatever the server says a payment is in', () => {
  const phases = Object.fromEntries([...attemptStatuses, null].map((status) => [String(status), phaseOf({ status, isOnProviderPage: false })]));
  expect(phases).toEqual({ requested: 'processing', processing: 'processing', requires_action: 'unconfirmed', succeeded: 'paid', failed: 'failed', canceled: 'choosing', null: 'choosing' });
});

it('lets the customer choose anew who left the page of the provider without paying', () => {
  expect(phaseOf({ status: 'requested', isOnProviderPage: true })).toBe('choosing');
});

it('asks ever more seldom, and at least every twenty seconds', () => {
  const pauses = Array.from({ length: 20 }, (_, asked) => pollAfter(asked));
  expect(pauses[0]).toBe(1_000);
  expect(pauses.every((pause, index) => index === 0 || pause >= (pauses[index - 1] ?? 0))).toBe(true);
  expect(pauses.at(-1)).toBe(20_000);
});
