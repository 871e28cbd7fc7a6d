import { describe, expect, it } from 'vitest';
import type { UsageSummaryDto } from '../usage/types';
import { topFeatures } from './top-features';

type Summary = Pick<UsageSummaryDto, 'items' | 'grants'>;

const feature = (key: string, kind = 'metered') => ({ key, kind, name: { en: key, zh: key }, unit: { en: '', zh: '' } });
const metered = (key: string, used: string, limit: string | null, included = true) => ({ feature: feature(key), used, held: '0', limit, included });
const level = (key: string, used: string | null, limit: string | null, enabled = true) => ({ feature: feature(key, 'level'), used, held: null, limit, enabled });

const order = (items: unknown[], grants: unknown[] = []) => topFeatures({ items, grants } as unknown as Summary).map(({ feature: { key } }) => key);

describe('the features on top', () => {
  it('are those closest to their limits, levels among them', () => {
    expect(order([metered('a', '10', '100'), metered('b', '90', '100')], [level('seats', '1', '2')])).toEqual(['b', 'seats', 'a']);
  });

  it('then those that are used without a limit, and last what is not used', () => {
    expect(order([metered('unused', '0', null), metered('free', '7', null), metered('near', '99', '100')])).toEqual(['near', 'free', 'unused']);
  });

  it('leave out what the plan does not hold, unless it was used', () => {
    expect(order([metered('none', '0', null, false), metered('was', '3', null, false)], [level('off', null, null, false)])).toEqual(['was']);
  });
});
