import type Stripe from 'stripe';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { useSandbox } from '../test-client';
import { useShop } from '../../server/testing/browser';
import { startShop, type Shop } from './testing/shop';

describe('the hosted checkout page', () => {
  const tried = useSandbox();
  const visit = useShop(() => startShop(tried.sandbox.url));
  let shop: Shop;
  let page: Page;
  let browser: Browser;
  beforeEach(() => ({ shop, page, browser } = visit));

  const line = (more = {}) => ({ quantity: 1, price_data: { currency: 'usd', unit_amount: 2500, product_data: { name: 'Prepaid credit' }, ...more } });
  const create = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    tried.stripe.checkout.sessions.create({
      mode: 'payment',
      line_items: [line()],
      customer_email: 'buyer@demo.example',
      success_url: `${shop.origin}/done?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${shop.origin}/cancelled`,
      ...more,
    });
  const read = (session: Stripe.Checkout.Session) => tried.stripe.checkout.sessions.retrieve(session.id);

  async function fillCard(number: string) {
    const fields = page.frameLocator('iframe[title="Secure payment input frame"]');
    await fields.getByLabel('Card number').fill(number);
    await fields.getByLabel('Expiration date').fill('12/34');
    await fields.getByLabel('Security code').fill('123');
    await fields.getByLabel('ZIP code').fill('94107');
  }
  const challenge = () => page.frameLocator('iframe[title="Authentication by your bank"]');

  it('takes a card and leads back to the seller', async () => {
    const session = await create();
    await page.goto(session.url ?? '');
    await page.getByText('Sandbox – no real money').first().waitFor();
    await fillCard('4242424242424242');
    await page.getByRole('button', { name: 'Pay $25.00' }).click();
    await page.waitForURL(`${shop.origin}/done?session=${session.id}`);
    expect(await read(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });

    await page.goto(session.url ?? '');
    await page.getByRole('heading', { name: 'You are all done here' }).waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.waitForURL(`${shop.origin}/done?session=${session.id}`);
  });

  it('shows a decline in place and takes another card', async () => {
    const session = await create();
    await page.goto(session.url ?? '');
    await fillCard('4000000000009995');
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.getByRole('alert').getByText('Your card has insufficient funds.').waitFor();
    await fillCard('4242424242424242');
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(/\/done/);
  });

  it('asks the bank where it wants to be asked', async () => {
    const session = await create();
    await page.goto(session.url ?? '');
    await fillCard('4000002760003184');
    await page.getByRole('button', { name: 'Pay' }).click();
    await challenge().getByRole('button', { name: 'Fail' }).click();
    await page.getByRole('alert').getByText('failed authentication').waitFor();
    expect((await read(session)).status).toBe('open');
    await page.getByRole('button', { name: 'Pay' }).click();
    await challenge().getByRole('button', { name: 'Complete' }).click();
    await page.waitForURL(/\/done/);
  });

  it('leads back when the customer changes their mind', async () => {
    const session = await create();
    await page.goto(session.url ?? '');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.waitForURL(`${shop.origin}/cancelled`);
    expect((await read(session)).status).toBe('open');
  });

  it('takes a saved card without asking for it again', async () => {
    const customer = await tried.stripe.customers.create({ email: 'buyer@demo.example' });
    const saved = await tried.stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id });
    await tried.stripe.paymentMethods.update(saved.id, { allow_redisplay: 'always' });
    const session = await create({ customer: customer.id, customer_email: undefined });
    await page.goto(session.url ?? '');
    await page.getByLabel('Mastercard ending in 4444').waitFor();
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.waitForURL(/\/done/);
  });

  it.each(['light', 'dark'] as const)('can be read and used by everybody when it is %s', async (colorScheme) => {
    const session = await create();
    const context = await browser.newContext({ colorScheme, locale: 'en-US' });
    const shown = await context.newPage();
    await shown.goto(session.url ?? '');
    const fields = shown.frameLocator('iframe[title="Secure payment input frame"]');
    await fields.getByLabel('Card number').fill('4242424242424241');
    await fields.getByText('Your card number is invalid.').waitFor();
    const check = new AxeBuilder({ page: shown }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
    // It takes what lies under a frame that can be seen through for white.
    if (colorScheme === 'dark') check.exclude('iframe');
    const { violations } = await check.analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await context.close();
  });

  it('subscribes, in Chinese', async () => {
    const session = await create({ mode: 'subscription', locale: 'zh', line_items: [line({ recurring: { interval: 'month' } })] });
    await page.goto(session.url ?? '');
    await page.getByText('每月').waitFor();
    const fields = page.frameLocator('iframe[title="安全支付输入框"]');
    await fields.getByLabel('卡号').fill('4242424242424242');
    await fields.getByLabel('有效期').fill('12/34');
    await fields.getByLabel('安全码').fill('123');
    await fields.getByLabel('邮政编码').fill('94107');
    await page.getByRole('button', { name: '订阅' }).click();
    await page.waitForURL(/\/done/);
    expect((await read(session)).subscription).toMatch(/^sub_/);
  });

  it('says that a checkout has expired, and that one does not exist', async () => {
    const session = await create();
    await tried.stripe.checkout.sessions.expire(session.id);
    await page.goto(session.url ?? '');
    await page.getByRole('heading', { name: 'This checkout has expired' }).waitFor();
    await page.goto(`${tried.sandbox.url}/_pages/checkout/cs_test_none`);
    await page.getByRole('heading', { name: 'This checkout does not exist' }).waitFor();
  });
});
