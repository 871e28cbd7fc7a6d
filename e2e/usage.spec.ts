import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { demo } from './demo';
import { expectClean } from './support/accessible';
import { signIn } from './support/customer';

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

async function openUsage(page: Page) {
  await signIn(page, { email: owner?.email ?? '' });
  await page.goto('/usage');
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

test('a product uses up a limit over HTTP and the open page follows without a reload', async ({ page, request }) => {
  await openUsage(page);
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
  await openUsage(page);
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
  await openUsage(page);
  await page.getByRole('link', { name: 'Tokens', exact: true }).click();
  await expect(page).toHaveURL(/chart=tokens/);
  await page.getByText('Show as a table').click();
  const table = page.getByRole('table', { name: 'Tokens by day' });
  await expect(table.getByRole('row').nth(27)).toBeVisible();
});

const views = ['overview', 'breakdown', 'events', 'refused'];

for (const [language, theme, width] of [['en', 'light', 1280], ['zh', 'dark', 360]] as const) {
  test(`each view reads well in ${language}, ${theme}, ${width} px`, async ({ page, context, baseURL }) => {
    await context.addCookies([{ name: 'language', value: language, url: baseURL }, { name: 'theme', value: theme, url: baseURL }]);
    await page.setViewportSize({ width, height: 900 });
    await signIn(page, { email: owner?.email ?? '' });
    for (const view of views) {
      await page.goto(`/usage?view=${view}`);
      await expect(page.getByRole('heading', { level: 1, name: language === 'en' ? 'Usage' : '用量' })).toBeVisible();
      if (view === 'overview') await expect(page.locator('.recharts-surface')).toBeVisible();
      await expectClean(page);
    }
  });
}
