import { describe, expect, it } from 'vitest';
import type { Entitlement } from '../catalog/catalog';
import { usageLines } from './usage-lines';

const period = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-04-01T00:00:00Z') };

function granted(change: Partial<Entitlement> = {}): Entitlement {
  return {
    feature: { key: 'tokens', kind: 'metered', name: { en: 'Tokens', zh: 'Token 用量' }, unit: { en: 'tokens', zh: '个' } },
    limit: 1_000_000n,
    enabled: true,
    allowed: [],
    policy: 'overage',
    reset: 'period',
    rolloverCap: null,
    rates: [],
    overage: { USD: '0.000012' },
    ...change,
  };
}

const lines = (entitlement: Entitlement, used: bigint, currency = 'USD') => usageLines([entitlement], new Map([['tokens', used]]), period, currency);

describe('charging for use past the limit', () => {
  it('charges what lies beyond the limit, at the exact price, and says what the plan includes', () => {
    expect(lines(granted(), 1_250_001n)).toEqual([
      {
        kind: 'usage',
        description: { en: 'Tokens beyond the 1,000,000 included', zh: 'Token 用量（超出套餐内含的 1,000,000 个）' },
        featureKey: 'tokens',
        quantity: 250_001n,
        unitAmount: '0.000012',
        amountMinor: 300n,
        period,
      },
    ]);
  });

  it.each([['at the limit', 1_000_000n], ['below it', 999_999n], ['unused', 0n]])('charges nothing %s', (_, used) => {
    expect(lines(granted(), used)).toEqual([]);
  });

  it('rounds the line, not the unit', () => {
    expect(lines(granted({ limit: 0n }), 417n)[0]?.amountMinor).toBe(1n);
    expect(lines(granted({ limit: 0n }), 416n)[0]?.amountMinor).toBe(0n);
  });

  it('charges nothing for features that block, warn or have no limit', () => {
    expect(lines(granted({ policy: 'block' }), 2_000_000n)).toEqual([]);
    expect(lines(granted({ policy: 'warn' }), 2_000_000n)).toEqual([]);
    expect(lines(granted({ limit: null }), 2_000_000n)).toEqual([]);
    expect(lines(granted({ enabled: false }), 2_000_000n)).toEqual([]);
  });

  it('keeps quantities beyond 2^53 exact', () => {
    expect(lines(granted({ limit: 1n, overage: { USD: '0.01' } }), 2n ** 53n + 2n)[0]).toMatchObject({ quantity: 2n ** 53n + 1n, amountMinor: 2n ** 53n + 1n });
  });

  it('refuses to give away what has no price in the currency', () => {
    expect(() => lines(granted(), 1_000_001n, 'CNY')).toThrow(expect.objectContaining({ code: 'price_not_offered' }));
  });
});
