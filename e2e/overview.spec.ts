import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn, type Customer } from './support/customer';

async function consume(request: APIRequestContext, { apiKey }: Customer, feature: string, quantity: number) {
  const answer = await request.post('/api/quota/consume', { headers: { authorization: `Bearer ${apiKey}` }, data: { feature, quantity } });
  expect(answer.status()).toBe(200);
}

/** Makes the page believe that its tab was hidden or shown. */
async function turn(page: Page, visibility: 'hidden' | 'visible') {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, visibility);
}

test('a developer sees no money, and figures that move while the tab is shown', async ({ page, context, request, baseURL }) => {
  await context.addCookies([{ name: 'language', value: 'en', url: baseURL ?? '' }]);
  const customer = await openCustomer({ planKey: 'free', role: 'developer' });
  await page.clock.install();
  await signIn(page, customer);
  await page.goto('/overview');
  await expect(page.getByTestId('calm')).toBeVisible();
  await expect(page.getByTestId('money')).toHaveCount(0);
  const meter = page.getByTestId('top-features').locator('[data-feature="api_calls"]');
  await expect(meter).toContainText('0 of 100');

  await consume(request, customer, 'api_calls', 50);
  await page.clock.fastForward(5_000);
  await expect(meter).toContainText('50 of 100');

  await turn(page, 'hidden');
  let asked = 0;
  page.on('request', (sent) => {
    if (sent.url().includes('/api/portal/usage')) asked += 1;
  });
  await consume(request, customer, 'api_calls', 50);
  await page.clock.runFor(180_000);
  expect(asked).toBe(0);

  // Shown again it asks at once, not when the next pause is over; and the limit that was reached is told by the page.
  await turn(page, 'visible');
  await expect(meter).toContainText('100 of 100');
  await expect(page.getByTestId('attention').locator('[data-kind="limit_reached"]')).toContainText('API calls: all 100');
});

test('by keys alone one goes to a page, an invoice and an action, in Chinese on a small screen', async ({ page, context, baseURL }) => {
  await context.addCookies([
    { name: 'language', value: 'zh', url: baseURL ?? '' },
    { name: 'theme', value: 'dark', url: baseURL ?? '' },
  ]);
  await page.setViewportSize({ width: 360, height: 780 });
  const customer = await openCustomer({ planKey: 'pro', language: 'zh' });
  await signIn(page, customer);
  await page.goto('/overview');
  await expect(page.getByTestId('attention')).toBeVisible();
  await expectClean(page);

  const palette = page.getByRole('dialog', { name: '搜索或前往' });
  const input = palette.getByRole('combobox', { name: '搜索或前往' });
  await page.getByRole('button', { name: '搜索或前往…' }).filter({ visible: true }).click();
  await expect(input).toBeFocused();
  await expectClean(page);
  await page.keyboard.type('密钥');
  await expect(palette.getByRole('option')).toHaveText(['API 密钥', '创建 API 密钥']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/api-keys\?open=create$/);
  await expect(page.getByRole('dialog')).toContainText('名称');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/api-keys$/);
  await expect(page.getByRole('dialog')).toHaveCount(0); // While it goes it gives the focus back to where it was.

  const { payload } = (await (await page.request.get('/api/v1/billing/invoices')).json()) as { payload: { items: { id: string; number: string }[] } };
  const [invoice] = payload.items;
  await page.keyboard.press('ControlOrMeta+k');
  await expect(input).toBeFocused();
  await page.keyboard.type(invoice?.number.toLowerCase() ?? '');
  await expect(palette.getByRole('option', { name: `账单 ${invoice?.number}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/billing/${invoice?.id}$`));

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('没有这样的东西');
  await expect(palette.getByText('没有匹配的内容')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('a page that lets wait for itself is shown as it will be, and not at all when it comes at once', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'language', value: 'en', url: baseURL ?? '' }]);
  await signIn(page, await openCustomer({ planKey: 'pro' }));
  const document = await (await page.goto('/overview'))?.text();
  expect(document).toContain('data-testid="money"');
  expect(document).not.toContain('animate-pulse');

  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(
    (url) => url.pathname === '/team' && url.searchParams.has('_rsc'),
    async (route) => {
      await held;
      await route.continue();
    },
  );
  const navigation = page.getByRole('navigation', { name: 'Main' }).first();
  await navigation.getByRole('link', { name: 'Team' }).click();
  await expect(navigation.getByRole('link', { name: 'Team' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Loading');
  await expect(page.getByTestId('money')).toBeHidden();
  release();
  await expect(page.getByRole('heading', { level: 1, name: 'Team' })).toBeVisible();
  await expect(page.getByRole('main').getByText('Loading')).toHaveCount(0);

  // The way back leads to a page that was never taken away.
  await page.goBack();
  await expect(page.getByTestId('money')).toBeVisible();
});
