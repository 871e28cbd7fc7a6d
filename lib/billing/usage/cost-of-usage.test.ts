import { describe, expect, it } from 'vitest';
import type { ModelPrice } from '../catalog/model-prices/model-price';
import { costOf } from './cost-of-usage';

const price = (effectiveFrom: string, inputAmount: string, outputAmount: string, currency = 'USD'): ModelPrice => ({
  model: 'demo-small', currency, effectiveFrom, inputAmount, outputAmount,
});
const prices = [price('2026-01-10', '0.000001', '0.000002'), price('2026-01-20', '0.000003', '0.00000000001'), price('2026-01-01', '9', '9', 'EUR')];
const tokens = (day: string, inputTokens: bigint, outputTokens: bigint, model: string | null = 'demo-small') => ({ model, day, inputTokens, outputTokens });

describe('costOf', () => {
  it('takes each day by the price in force that day, to the last digit', () => {
    const used = [tokens('2026-01-10', 1n, 1n), tokens('2026-01-19', 10n, 0n), tokens('2026-01-20', 1n, 1n)];
    expect(costOf(used, prices, 'USD')).toEqual({ currency: 'USD', amount: '0.00001600001', unpricedTokens: 0n });
  });

  it('stays exact for more tokens than a float can count', () => {
    expect(costOf([tokens('2026-01-10', 2n ** 62n + 1n, 0n)], prices, 'USD').amount).toBe('4611686018427.387905');
  });

  it('says how many tokens have no price: of an unknown model, without a model, before the first price, in another currency', () => {
    const used = [tokens('2026-01-10', 1n, 2n, 'other'), tokens('2026-01-10', 3n, 4n, null), tokens('2026-01-09', 5n, 6n)];
    expect(costOf(used, prices, 'USD')).toEqual({ currency: 'USD', amount: '0', unpricedTokens: 21n });
    expect(costOf([tokens('2026-01-10', 1n, 1n)], prices, 'CNY').unpricedTokens).toBe(2n);
  });

  it('takes a correction off again', () => {
    expect(costOf([tokens('2026-01-10', 5n, 5n), tokens('2026-01-10', -5n, -5n)], prices, 'USD').amount).toBe('0');
  });
});
