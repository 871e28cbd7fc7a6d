import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import { startReceiver } from '../lib/testing/receiver';
import { openCustomer, signIn, type Customer } from './support/customer';

async function call(request: APIRequestContext, customer: Customer, path: string, data: object): Promise<Record<string, unknown>> {
  const answer = await request.post(path, { headers: { authorization: `Bearer ${customer.apiKey}` }, data });
  expect(answer.status(), await answer.text()).toBe(200);
  return ((await answer.json()) as { payload: Record<string, unknown> }).payload;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function openView(page: Page, view: string): Promise<void> {
  await page.goto(`/usage?view=${view}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
}

test('a refused call is listed with its reason', async ({ page, request }) => {
  const customer = await openCustomer({ planKey: 'free' });
  await signIn(page, customer);
  await openView(page, 'refused');
  await expect(page.getByText('Nothing was refused in these days')).toBeVisible();
  expect(await call(request, customer, '/api/quota/consume', { feature: 'api_calls', quantity: 500 })).toMatchObject({ allowed: false, reason: 'limit_reached' });
  await openView(page, 'refused');
  const row = page.getByRole('table', { name: 'Refused calls by hour' }).getByRole('row').nth(1);
  await expect(row).toContainText('API calls');
  await expect(row).toContainText('Limit reached');
  await expect(row).toContainText('500');
  await page.getByLabel('Reason').selectOption('rate_limited');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/reason=rate_limited/);
  await expect(page.getByText('Nothing was refused in these days')).toBeVisible();
});

test('usage that reaches a threshold is alerted on the page, and can be marked as read', async ({ page, request }) => {
  const customer = await openCustomer({ planKey: 'free' });
  await signIn(page, customer);
  await call(request, customer, '/api/quota/consume', { feature: 'api_calls', quantity: 60 });
  const banner = page.getByText('API calls: 50% of the limit reached (60 of 100)');
  // A job raises it a moment after the call.
  await expect(async () => {
    await openView(page, 'overview');
    await expect(banner).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(banner).toHaveCount(0);
  await page.getByRole('link', { name: 'Alerts' }).first().click();
  const row = page.getByRole('table', { name: 'Raised alerts' }).getByRole('row').filter({ hasText: 'API calls: 50% of the limit reached' });
  await expect(row.getByRole('button', { name: 'Mark as new' })).toBeVisible();
});

test('people choose when they are alerted, and where their products are told', async ({ page }) => {
  const product = await startReceiver(() => 204);
  const customer = await openCustomer({ planKey: 'free' });
  await signIn(page, customer);
  await page.goto('/alerts');
  await page.getByRole('button', { name: 'Change', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Every feature').fill('75, many');
  await dialog.getByRole('button', { name: 'Save thresholds' }).click();
  await expect(dialog.getByRole('alert')).toContainText('whole percentages');
  await dialog.getByLabel('Every feature').fill('95 75');
  await dialog.getByLabel('Tokens', { exact: true }).selectOption('never');
  await dialog.getByRole('button', { name: 'Save thresholds' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('75% · 95%')).toBeVisible();
  await page.reload();
  await expect(page.getByText('75% · 95%')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Never' })).toBeVisible();

  await page.getByRole('button', { name: 'Add endpoint' }).click();
  await dialog.getByLabel('Address').fill('http://product.example.com');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(dialog).toContainText('Use an https address');
  await dialog.getByLabel('Address').fill(product.url);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: `Send a test to ${product.url}` }).click();
  const delivery = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').nth(1);
  await expect(delivery).toContainText('Delivered', { timeout: 30_000 });
  await delivery.getByRole('button', { name: 'Send again: Test' }).click();
  await expect.poll(() => product.received.length, { timeout: 30_000 }).toBe(2);
  await expectAccessible(page);
  await page.getByRole('button', { name: `Remove ${product.url}` }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No endpoints yet')).toBeVisible();
  await product.stop();
});

test('a spend cap is set and refuses what would pass it', async ({ page, request }) => {
  const customer = await openCustomer({ planKey: 'pro' });
  await signIn(page, customer);
  await openView(page, 'overview');
  const spend = page.getByTestId('spend');
  await page.getByRole('button', { name: 'Set spend cap' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('At most, each period').fill('5');
  await dialog.getByRole('button', { name: 'Save spend cap' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(spend).toContainText('$5.00');

  // 5 000 messages are included and each further one costs 0.01: 400 of them cost 4 dollars, 200 more would cost too much.
  expect(await call(request, customer, '/api/quota/consume', { feature: 'ai_chat', quantity: 5_400 })).toMatchObject({ allowed: true });
  expect(await call(request, customer, '/api/quota/consume', { feature: 'ai_chat', quantity: 200 })).toMatchObject({ allowed: false, reason: 'spend_cap_reached' });
  await openView(page, 'overview');
  await expect(spend).toContainText('$4.00');
  await expect(spend).toContainText('$1.00');

  await page.getByRole('button', { name: 'Change spend cap' }).click();
  await dialog.getByRole('button', { name: 'Remove cap' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Set spend cap' })).toBeVisible();
});

test('usage is broken down by model and cost centre, with cost and success', async ({ page, request }) => {
  const customer = await openCustomer({ planKey: 'pro' });
  await signIn(page, customer);
  const event = (key: string, more: object) => ({ feature: 'tokens', quantity: 1_000, idempotencyKey: key, inputTokens: 800, outputTokens: 200, ...more });
  await call(request, customer, '/api/usage', {
    events: [
      event('one', { model: 'demo-small', costCentre: 'support', statusCode: 200, latencyMs: 120 }),
      event('two', { model: 'demo-small', costCentre: 'marketing', statusCode: 500, latencyMs: 900 }),
      event('three', { model: 'demo-large', costCentre: 'support', statusCode: 200, latencyMs: 300 }),
    ],
  });
  await openView(page, 'breakdown');
  const byModel = page.getByRole('table', { name: 'Usage by Model' });
  await expect(byModel.getByRole('row').filter({ hasText: 'demo-small' })).toContainText('50.0%');
  await expect(byModel.getByRole('row').filter({ hasText: 'demo-large' })).toContainText('100.0%');
  await page.getByRole('link', { name: 'Cost centre', exact: true }).click();
  await expect(page).toHaveURL(/by=cost_centre/);
  const byCentre = page.getByRole('table', { name: 'Usage by Cost centre' });
  await expect(byCentre.getByRole('row').filter({ hasText: 'support' })).toContainText('100.0%');
  await page.getByLabel('Feature', { exact: true }).selectOption('tokens');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/feature=tokens/);
  await expect(byCentre.getByRole('row').filter({ hasText: 'marketing' })).toContainText('1,000');
});
