import { describe, expect, it } from 'vitest';
import { isActive, moveTo, runningStatuses, subscriptionStatuses, subscriptionTransitions } from './subscription';

const pairs = subscriptionStatuses.flatMap((from) => subscriptionStatuses.map((to) => [from, to] as const));

describe('the states of a subscription', () => {
  it.each(pairs)('from %s to %s only as the table says', (from, to) => {
    if (from === to || subscriptionTransitions[from].includes(to)) expect(moveTo(from, to)).toBe(to);
    else expect(() => moveTo(from, to)).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
  });

  it('end for good', () => {
    expect(subscriptionTransitions.canceled).toEqual([]);
    expect(subscriptionTransitions.expired).toEqual([]);
  });

  it('can all be reached, and a trial can only be where it begins', () => {
    const reached = new Set(Object.values(subscriptionTransitions).flat());
    expect([...reached].sort()).toEqual(subscriptionStatuses.filter((status) => status !== 'trialing').sort());
  });

  it('give access while a late payment is collected and not while paused', () => {
    expect(subscriptionStatuses.filter((status) => isActive({ status }))).toEqual(['trialing', 'active', 'past_due']);
    expect(isActive(null)).toBe(false);
  });

  it('run exactly as long as they can move', () => {
    expect(subscriptionStatuses.filter((status) => subscriptionTransitions[status].length > 0)).toEqual([...runningStatuses]);
  });
});
