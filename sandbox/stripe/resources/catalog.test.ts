import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { useSandbox } from '../test-client';

const tried = useSandbox();

describe('products and prices', () => {
  it('are made together, read back expanded and told as events', async () => {
    const { stripe, sandbox } = tried;
    const product = await stripe.products.create({ name: 'Tokens', default_price_data: { currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' } }, metadata: { plan: 'pro' } });
    const price = await stripe.prices.retrieve(String(product.default_price), { expand: ['product'] });
    expect(price).toMatchObject({ unit_amount: 1500, type: 'recurring', recurring: { interval: 'month', interval_count: 1 }, product: { name: 'Tokens', metadata: { plan: 'pro' } } });
    expect(sandbox.events().map(({ type }) => type)).toEqual(expect.arrayContaining(['product.created', 'price.created']));
  });

  it('keep decimals smaller than a unit as text', async () => {
    const price = await tried.stripe.prices.create({ currency: 'usd', unit_amount_decimal: Stripe.Decimal.from('0.25'), product_data: { name: 'Calls' } });
    expect(price.unit_amount).toBeNull();
    expect(String(price.unit_amount_decimal)).toBe('0.25');
  });

  it('give a lookup key to one price at a time', async () => {
    const { stripe } = tried;
    const first = await stripe.prices.create({ currency: 'eur', unit_amount: 900, lookup_key: 'pro', product_data: { name: 'Pro' } });
    await expect(stripe.prices.create({ currency: 'eur', unit_amount: 990, lookup_key: 'pro', product: String(first.product) })).rejects.toMatchObject({ param: 'lookup_key' });
    const second = await stripe.prices.create({ currency: 'eur', unit_amount: 990, lookup_key: 'pro', transfer_lookup_key: true, product: String(first.product) });
    const found = await stripe.prices.list({ lookup_keys: ['pro'] });
    expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  });

  it('are changed, switched off and filtered', async () => {
    const { stripe } = tried;
    const product = await stripe.products.create({ name: 'Old' });
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 100, product: product.id });
    await stripe.products.update(product.id, { name: 'Older', active: false, metadata: { a: '1' } });
    await stripe.prices.update(price.id, { active: false, nickname: 'gone' });
    expect((await stripe.products.list({ active: false })).data.map(({ name }) => name)).toEqual(['Older']);
    expect((await stripe.prices.list({ product: product.id, active: true })).data).toEqual([]);
    await expect(stripe.products.del(product.id)).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  });

  it.each([
    [{ currency: 'usd', unit_amount: 100 }, 'product'],
    [{ currency: 'usd', product_data: { name: 'x' } }, 'unit_amount'],
    [{ currency: 'usd', unit_amount: -1, product_data: { name: 'x' } }, 'unit_amount'],
    [{ currency: 'usd', unit_amount: 1, product: 'prod_none' }, 'product'],
  ])('%j is refused for its %s', async (parameters, param) => {
    await expect(tried.stripe.prices.create(parameters)).rejects.toMatchObject({ param });
  });
});
