import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { defaultModelPrices, publishModelPrices } from './default-model-prices';
import { listModelPrices } from './list-model-prices';
import { setModelPrice } from './set-model-price';

useTestDatabase();
const now = new Date('2026-03-10T12:00:00Z');
const usd = { currency: 'USD', inputAmount: '0.000001', outputAmount: '0.000002' };
let context: Context;

beforeAll(async () => {
  ({ context } = await seedAccount(await seedSeller(now), now));
});
afterAll(disconnect);

const days = async (model: string) => (await listModelPrices({ models: [model] })).map(({ effectiveFrom, inputAmount }) => [effectiveFrom, inputAmount]);

describe('model prices', () => {
  it('begin today unless said, and are exact to twelve decimal places', async () => {
    expect(await setModelPrice(context, { model: 'one', currency: 'USD', inputAmount: '0.000000000001', outputAmount: '12.50' })).toEqual({
      model: 'one', currency: 'USD', effectiveFrom: '2026-03-10', inputAmount: '0.000000000001', outputAmount: '12.5',
    });
  });

  it('leave days gone at the price they had, but fill a gap', async () => {
    await setModelPrice(context, { model: 'two', ...usd, effectiveFrom: '2026-02-01' });
    await setModelPrice(context, { model: 'two', ...usd, inputAmount: '3', effectiveFrom: '2026-01-01' });
    await setModelPrice(context, { model: 'two', ...usd, inputAmount: '4', effectiveFrom: '2026-04-01' });
    const late = setModelPrice(context, { model: 'two', ...usd, inputAmount: '5', effectiveFrom: '2026-03-09' });
    await expect(late).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'effectiveFrom' }] } });
    expect(await days('two')).toEqual([['2026-01-01', '3'], ['2026-02-01', '0.000001'], ['2026-04-01', '4']]);
  });

  it('set twice are one change, kept with who made it, in no customer’s log', async () => {
    await setModelPrice(context, { model: 'three', ...usd });
    await setModelPrice(context, { model: 'three', ...usd, inputAmount: '0.00000100' });
    const entries = await database().auditEntry.findMany({ where: { subject: 'three USD' } });
    expect(entries).toMatchObject([{ action: 'model_price.set', accountId: null, actorId: 'test', after: { model: 'three' } }]);
  });

  it('of the demo are published once and never over those of the seller', async () => {
    await publishModelPrices(defaultModelPrices, new FixedClock(now));
    await setModelPrice(context, { model: 'demo-small', ...usd });
    await publishModelPrices(defaultModelPrices, new FixedClock(now));
    const dollars = await listModelPrices({ models: ['demo-small'], currency: 'USD' });
    expect(dollars.map(({ effectiveFrom, inputAmount }) => [effectiveFrom, inputAmount])).toEqual([['2020-01-01', '0.0000002'], ['2026-03-10', '0.000001']]);
  });
});
