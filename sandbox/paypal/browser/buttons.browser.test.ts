import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright';
import { beforeEach, describe, expect, it } from 'vitest';
import { useShop } from '../../server/testing/browser';
import { orderBody, useSandbox } from '../test-client';
import { startShop, type Shop } from './testing/shop';

describe('the buttons of PayPal\'s own package', () => {
  const held = useSandbox();
  const visit = useShop(() => startShop(held.sandbox.url));
  let shop: Shop;
  let page: Page;
  beforeEach(() => ({ shop, page } = visit));

  const known = () => ({ sandbox: held.sandbox.url, client: held.sandbox.clientId });
  const newOrder = async () => (await held.orders.createOrder({ body: orderBody('25.00') })).result.id!;

  async function click(place: Page | FrameLocator): Promise<Page> {
    const [popUp] = await Promise.all([page.waitForEvent('popup'), place.getByRole('button', { name: 'PayPal' }).click()]);
    return popUp;
  }

  it('open the approval page, and hear that the buyer agreed', async () => {
    const order = await newOrder();
    await page.goto(shop.page({ ...known(), order }));
    const popUp = await click(page);
    await popUp.getByText('$25.00').waitFor();
    await popUp.getByLabel('Demo buyer who is declined later').check();
    await popUp.getByRole('button', { name: 'Pay now' }).click();
    await page.getByText(`approved ${order} SANDBOXLATE03`).waitFor();
    await expect.poll(() => popUp.isClosed()).toBe(true);
    expect((await held.orders.getOrder({ id: order })).result.status).toBe('APPROVED');
  });

  it('work within a frame of another site', async () => {
    const order = await newOrder();
    await page.goto(shop.embedded({ ...known(), order }));
    const frame = page.frameLocator('iframe[title="shop"]');
    const popUp = await click(frame);
    await popUp.getByRole('button', { name: 'Pay now' }).click();
    await frame.getByText(`approved ${order} SANDBOXPAYS01`).waitFor();
  });

  it('hear that the buyer cancelled, by the page or by closing it', async () => {
    await page.goto(shop.page({ ...known(), order: await newOrder() }));
    const first = await click(page);
    await first.getByRole('button', { name: 'Cancel and return' }).click();
    await page.getByText('cancelled').waitFor();
    await page.reload();
    const second = await click(page);
    await second.getByRole('button', { name: 'Pay now' }).waitFor();
    await second.close();
    await page.getByText('cancelled').waitFor();
  });

  it('store a method, in Chinese', async () => {
    const { result } = await held.vault.createSetupToken({ body: { paymentSource: { paypal: { usageType: 'MERCHANT' as never } } } });
    await page.goto(shop.page({ ...known(), setup: result.id!, locale: 'zh_CN' }));
    const popUp = await click(page);
    await popUp.getByRole('heading', { name: '保存 PayPal 以便日后付款' }).waitFor();
    expect((await new AxeBuilder({ page: popUp }).analyze()).violations).toEqual([]);
    await popUp.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText(`approved ${result.id} SANDBOXPAYS01`).waitFor();
    expect((await held.vault.getSetupToken(result.id!)).result.status).toBe('APPROVED');
  });
});
