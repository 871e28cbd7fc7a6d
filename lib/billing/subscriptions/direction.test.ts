import { describe, expect, it } from 'vitest';
import type { Plan } from '../catalog/catalog';
import type { IntervalUnit } from '../time/period';
import { directionOf, isSameOffer } from './direction';
import type { Offer } from './subscription';

const ranks: Record<string, number> = { free: 0, pro: 10, team: 10, enterprise: 20 };

/** `pro 2999/month` or `pro 5999/2 month`. */
function offer(text: string): Offer {
  const [, key = '', amount = '', count, interval = ''] = /^(\w+) (\d+)\/(?:(\d+) )?(\w+)$/.exec(text) ?? [];
  const plan: Plan = {
    id: key, key, version: 1, versionId: key, name: { en: key, zh: key }, description: { en: '', zh: '' }, rank: ranks[key] ?? 0, prices: [], entitlements: [],
  };
  const price = { id: text, planVersionId: key, currency: 'USD', amountMinor: BigInt(amount), interval: interval as IntervalUnit, intervalCount: Number(count ?? 1) };
  return { plan, price };
}

describe('directionOf', () => {
  it.each([
    ['free 0/month', 'pro 2999/month', 'upgrade'],
    ['free 0/year', 'pro 2999/month', 'upgrade'],
    ['pro 2999/month', 'enterprise 9999/month', 'upgrade'],
    ['pro 2999/month', 'enterprise 99990/year', 'upgrade'],
    ['pro 2999/month', 'pro 29990/year', 'upgrade'],
    ['pro 2999/month', 'pro 8000/3 month', 'upgrade'],
    ['pro 2999/month', 'team 3999/month', 'upgrade'],
    ['pro 2999/month', 'team 1999/month', 'downgrade'],
    ['pro 29990/year', 'pro 2999/month', 'downgrade'],
    ['pro 29990/year', 'enterprise 9999/month', 'downgrade'],
    ['enterprise 9999/month', 'pro 2999/month', 'downgrade'],
    ['enterprise 9999/month', 'pro 29990/year', 'downgrade'],
    ['pro 2999/month', 'free 0/month', 'downgrade'],
    ['pro 2999/month', 'free 0/year', 'downgrade'],
  ])('%s → %s is an %s', (from, to, direction) => {
    expect(directionOf(offer(from), offer(to))).toBe(direction);
  });
});

describe('isSameOffer', () => {
  it.each([
    ['pro 2999/month', 'pro 2999/month', true],
    ['pro 29990/year', 'pro 29990/12 month', true],
    ['pro 2999/month', 'pro 29990/year', false],
    ['pro 2999/month', 'team 2999/month', false],
    ['free 0/month', 'free 0/year', true],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameOffer(offer(one), offer(other))).toBe(same);
  });
});
