import { expect, test } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';

test('an owner makes a cost centre, gives it a key and a budget, and sees and hears what the key’s product costs', async ({ page, request, baseURL }) => {
  test.slow(); // A customer is opened in a further process, and a job raises the alert.
  const customer = await openCustomer({ planKey: 'pro' });
  await signIn(page, customer);
  await page.goto('/cost-centres');
  await expect(page.getByText('No cost centres yet')).toBeVisible();
  await expectClean(page);
  await page.getByRole('button', { name: 'New cost centre' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Research & labs');
  await expect(dialog.getByLabel('Key')).toHaveValue('research-labs');
  await expectClean(page);
  await dialog.getByRole('button', { name: 'New cost centre' }).click();
  await expect(dialog).toHaveCount(0);

  await page.getByLabel('Cost centre of Test key').selectOption('Research & labs');
  await expect(page.getByText('Usage with Test key lands there from now on')).toBeVisible();
  const consume = async (data: object) => {
    const answer = await request.post('/api/quota/consume', { headers: { authorization: `Bearer ${customer.apiKey}` }, data });
    expect(((await answer.json()) as { payload: object }).payload).toMatchObject({ allowed: true });
  };
  // A further message costs 0.01 with Pro.
  await consume({ feature: 'ai_chat', quantity: 450 });
  await consume({ feature: 'ai_chat', quantity: 50, costCentre: 'support' });

  await page.reload();
  const table = page.getByRole('table', { name: 'Cost centres by cost' });
  const row = table.getByRole('row').filter({ hasText: 'Research & labs' });
  await expect(row).toContainText('$4.50');
  await expect(row).toContainText('90.0%');
  await expect(table.getByRole('row').filter({ hasText: 'support' })).toContainText('Not set up');
  await expectClean(page);
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Research & labs' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Usage by feature' }).getByRole('row').filter({ hasText: 'AI chat messages' })).toContainText('450');
  await page.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByLabel('Monthly budget').fill('5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('90% used')).toBeVisible();
  await expectClean(page);

  const alert = page.getByRole('row').filter({ hasText: 'Research & labs: 80% of the budget reached ($4.50 of $5.00)' });
  await expect(async () => {
    await page.goto('/alerts?kind=budget');
    await expect(alert).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expectClean(page);
  await alert.getByRole('button', { name: 'Mark as read' }).click();
  await expect(alert.getByRole('button', { name: 'Mark as new' })).toBeVisible();
  await page.goto('/outbox');
  await expect(page.getByRole('article').filter({ hasText: customer.email }).first()).toContainText('Research & labs has used 80% of its budget');

  await page.context().addCookies([{ name: 'language', value: 'zh', url: baseURL }, { name: 'theme', value: 'dark', url: baseURL }]);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of ['/cost-centres', '/alerts']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(address === '/alerts' ? '提醒' : '成本中心');
    await expectClean(page);
  }
});
