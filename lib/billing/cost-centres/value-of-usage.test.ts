import { describe, expect, it } from 'vitest';
import { valueOf, type PriceList } from './value-of-usage';

const prices: PriceList = {
  currency: 'USD',
  modelPrices: [
    { model: 'demo-small', currency: 'USD', effectiveFrom: '2026-01-01', inputAmount: '0.000001', outputAmount: '0.000002' },
    { model: 'demo-small', currency: 'USD', effectiveFrom: '2026-01-15', inputAmount: '0.000003', outputAmount: '0.000004' },
    { model: 'demo-small', currency: 'EUR', effectiveFrom: '2026-01-20', inputAmount: '9', outputAmount: '9' },
  ],
  unitPrices: new Map([['tokens', '0.000012']]),
};
const usage = { model: null, day: '2026-01-20', quantity: 1_000n, inputTokens: 0n, outputTokens: 0n };
const worth = (feature: string, part: object) => {
  const { amount, unpricedQuantity } = valueOf(feature, { ...usage, ...part }, prices);
  return [amount.toFixed(), unpricedQuantity];
};

describe('valueOf', () => {
  it('takes tokens of a model by its price on the day, and not by the plan again', () => {
    expect(worth('tokens', { model: 'demo-small', inputTokens: 600n, outputTokens: 400n })).toEqual(['0.0034', 0n]);
    expect(worth('tokens', { model: 'demo-small', day: '2026-01-14', inputTokens: 600n, outputTokens: 400n })).toEqual(['0.0014', 0n]);
  });
  it('takes everything else by what a further unit costs', () => {
    expect(worth('tokens', {})).toEqual(['0.012', 0n]);
    expect(worth('tokens', { model: 'demo-small' })).toEqual(['0.012', 0n]);
    expect(worth('tokens', { model: 'unknown', inputTokens: 600n, outputTokens: 400n })).toEqual(['0.012', 0n]);
  });
  it('says how many units have no price', () => {
    expect(worth('api_calls', {})).toEqual(['0', 1_000n]);
    expect(worth('api_calls', { model: 'demo-small', inputTokens: 1n })).toEqual(['0.000003', 0n]);
  });
});
