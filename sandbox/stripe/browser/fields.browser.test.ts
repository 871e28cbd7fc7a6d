import type { FrameLocator, Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { useSandbox } from '../test-client';
import { useShop } from '../../server/testing/browser';
import { startShop, type Shop } from './testing/shop';

const card = { ok: '4242424242424242', declined: '4000000000000002', poor: '4000000000009995', asks: '4000002760003184', asksOnce: '4000002500003155' };

describe('the stand-in for Stripe.js in a browser, with the packages that Stripe publishes', () => {
  const tried = useSandbox();
  const visit = useShop(() => startShop(tried.sandbox.url));
  let shop: Shop;
  let page: Page;
  beforeEach(() => ({ shop, page } = visit));

  const key = 'pk_test_sandbox';
  const payment = async (more = {}) => (await tried.stripe.paymentIntents.create({ amount: 1999, currency: 'usd', automatic_payment_methods: { enabled: true }, ...more })).client_secret ?? '';
  const setup = async (customer?: string) => (await tried.stripe.setupIntents.create({ customer, automatic_payment_methods: { enabled: true } })).client_secret ?? '';
  const idOf = (secret: string): string => secret.split('_secret_')[0] ?? '';
  const fields = (within: Page | FrameLocator = page) => within.frameLocator('iframe[title="Secure payment input frame"]');
  const challenge = (within: Page | FrameLocator = page) => within.frameLocator('iframe[title="Authentication by your bank"]');

  async function fillCard(number: string, frame = fields()) {
    await frame.getByLabel('Card number').fill(number);
    await frame.getByLabel('Expiration date').fill('12/34');
    await frame.getByLabel('Security code').fill('123');
    await frame.getByLabel('ZIP code').fill('94107');
  }

  async function confirm(number: string, query: Record<string, string>) {
    await page.goto(shop.page({ key, ...query }));
    await fillCard(number);
    await page.getByTestId('complete').getByText('complete', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Confirm' }).click();
  }
  const result = async (within: Page | FrameLocator = page): Promise<string> => {
    await within.locator('output:not(:empty)').waitFor();
    return (await within.locator('output').textContent()) ?? '';
  };

  it('pays by card, under a policy that allows nothing but the sandbox', async () => {
    const secret = await payment();
    await confirm(card.ok, { secret });
    expect(await result()).toBe('done succeeded');
    const intent = await tried.stripe.paymentIntents.retrieve(idOf(secret), { expand: ['payment_method'] });
    expect(intent.payment_method).toMatchObject({ card: { last4: '4242', brand: 'visa' }, billing_details: { address: { country: 'US', postal_code: '94107' } } });
  });

  it('tells a decline and takes another card for the same intent', async () => {
    const secret = await payment();
    await confirm(card.poor, { secret });
    expect(await result()).toBe('card_error card_declined insufficient_funds Your card has insufficient funds.');
    await fields().getByLabel('Card number').fill(card.ok);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('output', { hasText: 'done succeeded' }).waitFor();
  });

  it('asks the bank in a layer over the page, and tells whether the customer passed', async () => {
    const secret = await payment();
    await confirm(card.asks, { secret });
    await challenge().getByRole('button', { name: 'Fail' }).click();
    expect(await result()).toMatch(/^invalid_request_error payment_intent_authentication_failure/);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await challenge().getByRole('button', { name: 'Complete' }).click();
    await page.locator('output', { hasText: 'done succeeded' }).waitFor();
  });

  it('takes a challenge that is closed for one that is failed', async () => {
    await confirm(card.asks, { secret: await payment() });
    await challenge().getByRole('button', { name: 'Complete' }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await result()).toContain('payment_intent_authentication_failure');
  });

  it('saves a card, with and without the bank asking', async () => {
    const customer = await tried.stripe.customers.create();
    await confirm(card.ok, { secret: await setup(customer.id) });
    expect(await result()).toBe('done succeeded');
    await confirm(card.asksOnce, { secret: await setup(customer.id) });
    await challenge().getByRole('button', { name: 'Complete' }).click();
    expect(await result()).toBe('done succeeded');
    const saved = await tried.stripe.customers.listPaymentMethods(customer.id);
    expect(saved.data.map((method) => method.card?.last4)).toEqual(['3155', '4242']);
  });

  it('debits a bank account, which takes its time', async () => {
    const secret = await payment();
    await page.goto(shop.page({ key, secret }));
    await fields().getByText('US bank account').click();
    await fields().getByLabel('Full name').fill('Demo Buyer');
    await fields().getByLabel('Email').fill('buyer@demo.example');
    await fields().getByLabel('Routing number').fill('110000000');
    await fields().getByLabel('Account number').fill('000123456789');
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await result()).toBe('done processing');
  });

  it('makes a payment method for a page that has no intent yet', async () => {
    await confirm(card.ok, {});
    expect(await result()).toBe('created card 4242');
  });

  it('confirms an intent that was made after the fields were shown', async () => {
    const customer = await tried.stripe.customers.create();
    await confirm(card.ok, { later: await setup(customer.id) });
    expect(await result()).toBe('done succeeded');
    expect((await tried.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  });

  it('finishes what a server began', async () => {
    const intent = await tried.stripe.paymentIntents.create({ amount: 700, currency: 'usd', payment_method: 'pm_card_authenticationRequired', confirm: true, use_stripe_sdk: true });
    await page.goto(shop.page({ key, act: intent.client_secret ?? '' }));
    await page.getByRole('button', { name: 'Authenticate' }).click();
    await challenge().getByRole('button', { name: 'Complete' }).click();
    expect(await result()).toBe('done succeeded');
  });

  it('leaves for the bank and comes back where the server wanted it so', async () => {
    const return_url = `${shop.origin}/returned`;
    const intent = await tried.stripe.paymentIntents.create({ amount: 700, currency: 'usd', payment_method: 'pm_card_authenticationRequired', confirm: true, return_url });
    await page.goto(shop.page({ key, act: intent.client_secret ?? '' }));
    await page.getByRole('button', { name: 'Authenticate' }).click();
    await page.getByRole('button', { name: 'Complete' }).click();
    await page.waitForURL(/\/returned\?.*redirect_status=succeeded/);
  });

  it('goes to the page that was named to return to', async () => {
    const secret = await payment();
    await confirm(card.ok, { secret, redirect: 'always' });
    await page.waitForURL(/\/returned\?/);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ payment_intent: idOf(secret), payment_intent_client_secret: secret, redirect_status: 'succeeded' });
  });

  it('works in a frame of another site, 3D Secure too', async () => {
    await page.goto(shop.embedded({ key, secret: await payment() }));
    const inner = page.frameLocator('iframe[title="shop"]');
    await fillCard(card.asks, fields(inner));
    await inner.getByRole('button', { name: 'Confirm' }).click();
    await challenge(inner).getByRole('button', { name: 'Complete' }).click();
    expect(await result(inner)).toBe('done succeeded');
  });

  it('says what is wrong with what was typed, and submits nothing on Enter', async () => {
    const secret = await payment();
    await page.goto(shop.page({ key, secret }));
    await fields().getByLabel('Card number').pressSequentially('4242424242424241');
    await fields().getByText('Your card number is invalid.').waitFor();
    await fields().getByLabel('Card number').press('Enter');
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await result()).toBe('validation_error invalid_number Your card number is invalid.');
    await fields().getByText("Your card's security code is incomplete.").waitFor();
    expect((await tried.stripe.paymentIntents.retrieve(idOf(secret))).status).toBe('requires_payment_method');
  });

  it('speaks Chinese when the page asks for it', async () => {
    await page.goto(shop.page({ key, secret: await payment(), locale: 'zh' }));
    const frame = page.frameLocator('iframe[title="安全支付输入框"]');
    await frame.getByLabel('卡号').fill(card.declined);
    await frame.getByLabel('有效期').fill('12/34');
    await frame.getByLabel('安全码').fill('123');
    await frame.getByLabel('邮政编码').fill('94107');
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await result()).toContain('您的银行卡被拒绝了。');
  });

  it('tells that it cannot load for a secret that is of no use', async () => {
    await page.goto(shop.page({ key, secret: 'pi_000000000000000000000000_secret_0000000000000000000000000' }));
    await page.getByTestId('state').getByText('loaderror resource_missing').waitFor();
  });

  it('keeps the card number from the page', async () => {
    await page.goto(shop.page({ key, secret: await payment() }));
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      addEventListener('message', (event) => heard.push(JSON.stringify(event.data)));
    });
    await fillCard(card.ok);
    await page.getByTestId('complete').getByText('complete', { exact: true }).waitFor();
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('\n'));
    expect(heard).toContain('"complete":true');
    expect(heard).not.toMatch(/4242/);
  });
});
