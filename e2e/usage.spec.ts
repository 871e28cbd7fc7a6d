import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { demo } from './demo';

interface QuotaItem {
  feature: { key: string; name: { en: string } };
  policy: string | null;
  limit: number | null;
  used: number | null;
  remaining: number | null;
}

const { apiKey, signIns } = demo();
const headers = { authorization: `Bearer ${apiKey}` };
const [owner] = signIns;

async function signIn(page: Page) {
  await page.goto('/sign-in?callbackUrl=%2Fusage');
  await page.getByLabel('E-mail').fill(owner?.email ?? '');
  await page.getByLabel('Password').fill(owner?.password ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/usage$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
}

async function quotas(request: APIRequestContext): Promise<QuotaItem[]> {
  const answer = await request.get('/api/quota', { headers });
  return ((await answer.json()) as { payload: { items: QuotaItem[] } }).payload.items;
}

async function consume(request: APIRequestContext, feature: string, quantity: number) {
  const answer = await request.post('/api/quota/consume', { headers, data: { feature, quantity } });
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { payload: { allowed: boolean; reason: string | null; used: number } }).payload;
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

test('a product uses up a limit over HTTP and the open page follows without a reload', async ({ page, request }) => {
  await signIn(page);
  const blocking = (await quotas(request)).filter(({ policy, remaining }) => policy === 'block' && (remaining ?? 0) > 0);
  const quota = blocking.find(({ feature }) => feature.key === 'api_calls') ?? blocking[0];
  if (!quota || quota.limit === null || quota.remaining === null || quota.used === null) throw new Error('Nothing is left to use up.');
  const meter = page.locator(`[data-feature="${quota.feature.key}"]`);
  const shown = (used: number) => `${used.toLocaleString('en-US')} of ${quota.limit?.toLocaleString('en-US')}`;
  await expect(meter).toContainText(shown(quota.used));
  await page.evaluate(() => {
    document.body.dataset.opened = 'before';
  });

  if (quota.remaining > 1) {
    expect(await consume(request, quota.feature.key, quota.remaining - 1)).toMatchObject({ allowed: true });
    await expect(meter).toContainText(shown(quota.limit - 1));
  }
  expect(await consume(request, quota.feature.key, 1)).toMatchObject({ allowed: true, used: quota.limit });
  expect(await consume(request, quota.feature.key, 1)).toMatchObject({ allowed: false, reason: 'limit_reached', used: quota.limit });
  await expect(meter).toContainText(shown(quota.limit));
  await expect(meter).toContainText('0 left');
  expect(await page.evaluate(() => document.body.dataset.opened)).toBe('before');
});

test('days, features and pages of the events are kept in the address, and come as CSV', async ({ page }) => {
  await signIn(page);
  const period = page.getByLabel('Period');
  const [running = '', earlier = ''] = await period.locator('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(running).toBe('/usage');
  await period.selectOption(earlier);
  await expect(page).toHaveURL(/\?period=/);
  await expect(page.getByText('Figures update while')).toHaveCount(0);

  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect(page).toHaveURL(/view=events/);
  await page.getByLabel('Feature', { exact: true }).selectOption('tokens');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/feature=tokens/);
  await page.reload();
  await expect(page.getByLabel('Feature', { exact: true })).toHaveValue('tokens');
  const events = page.getByRole('table', { name: 'Recorded events' });
  await expect(events.getByRole('row').nth(1)).toContainText('Tokens');
  const first = await events.getByRole('row').nth(1).textContent();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(events.getByRole('row').nth(1)).not.toHaveText(first ?? '');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^usage-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const [header, line] = Buffer.concat(chunks).toString('utf8').split('\r\n');
  expect(header).toMatch(/^occurred_at,feature,quantity,/);
  expect(line).toContain(',tokens,');
});

test('the chart says the same as a table', async ({ page }) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Tokens', exact: true }).click();
  await expect(page).toHaveURL(/chart=tokens/);
  await page.getByText('Show as a table').click();
  const table = page.getByRole('table', { name: 'Tokens by day' });
  await expect(table.getByRole('row').nth(27)).toBeVisible();
});

const views = ['overview', 'breakdown', 'events', 'refused'];

// Each language and theme is looked at closely in one width; that nothing sticks out is seen in both.
for (const [language, theme, closely] of [['en', 'light', 1280], ['en', 'dark', 360], ['zh', 'light', 360], ['zh', 'dark', 1280]] as const) {
  test(`the page reads well in ${language}, ${theme}, from a phone to a desk`, async ({ page, context, baseURL }) => {
    test.setTimeout(180_000);
    await signIn(page);
    await context.addCookies([{ name: 'language', value: language, url: baseURL }, { name: 'theme', value: theme, url: baseURL }]);
    for (const view of views) {
      for (const width of [closely === 360 ? 1280 : 360, closely]) {
        await page.setViewportSize({ width, height: 900 });
        if (width !== closely) await page.goto(`/usage?view=${view}`);
        await expect(page.getByRole('heading', { level: 1, name: language === 'en' ? 'Usage' : '用量' })).toBeVisible();
        if (view === 'overview') await expect(page.locator('.recharts-surface')).toBeVisible();
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      }
      await expectAccessible(page);
    }
  });
}
