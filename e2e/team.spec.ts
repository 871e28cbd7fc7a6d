import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn, type Customer } from './support/customer';
import { invitationLink } from './support/outbox';

async function prefer(context: BrowserContext, baseURL: string | undefined, preferences: Record<string, string>) {
  await context.addCookies(Object.entries(preferences).map(([name, value]) => ({ name, value, url: baseURL })));
}

async function freshPage(browser: Browser, baseURL: string | undefined, language = 'en'): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await prefer(context, baseURL, { language });
  return context.newPage();
}

const newEmail = (name: string) => `${name}.${Date.now()}@demo.example`;

test('somebody gets another role, and is removed at once', async ({ page, browser, baseURL }) => {
  const viewer = await openCustomer({ planKey: 'pro', role: 'viewer' });
  const guest = await freshPage(browser, baseURL);
  await signIn(guest, viewer);
  await signIn(page, { email: viewer.ownerEmail });
  await page.goto('/team');
  const row = page.getByRole('table', { name: 'Members and their roles' }).locator('tbody tr').filter({ hasText: viewer.email });
  await row.getByRole('button', { name: 'Change Demo viewer' }).click();
  await page.getByRole('button', { name: 'Change role' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Billing' }).check();
  await expectClean(page);
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('Demo viewer is now Billing')).toBeVisible();
  await expect(row).toContainText('Billing');

  await guest.goto('/billing');
  await expect(guest.getByRole('link', { name: /^Pay DEMO-/ })).toBeVisible();
  await row.getByRole('button', { name: 'Change Demo viewer' }).click();
  await page.getByRole('button', { name: 'Remove from the account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the account' }).click();
  await expect(page.getByText('Demo viewer was removed')).toBeVisible();
  await expect(row).toHaveCount(0);
  await guest.goto('/billing');
  await expect(guest).toHaveURL(/\/sign-in\?.*error=no_account/);
});

test('an invitation opened where somebody else is signed in says so, in Chinese, and goes on after signing out', async ({ page, baseURL, context }) => {
  await prefer(context, baseURL, { language: 'zh' });
  const owner = await openCustomer({ language: 'zh' });
  const other = await openCustomer({ language: 'zh' });
  await signIn(page, owner);
  await page.goto('/team');
  await page.getByRole('button', { name: '邀请成员' }).click();
  await page.getByRole('dialog').getByLabel('邮箱').fill(other.email);
  await page.getByRole('dialog').getByRole('button', { name: '发送邀请' }).click();
  await expect(page.getByText(`邀请邮件已发往 ${other.email}`)).toBeVisible();
  const link = await invitationLink(page, other.email);

  await page.goto(link);
  await expect(page.getByRole('heading', { name: '此邀请发给了其他人' })).toBeVisible();
  await expect(page.getByText(`您当前以 ${owner.email} 登录`)).toBeVisible();
  await expectClean(page);
  await page.getByRole('button', { name: '退出登录并继续' }).click();
  await expect(page.getByText(`请以 ${other.email} 登录`)).toBeVisible();
  await page.getByRole('link', { name: '登录后接受' }).click();
  await page.getByLabel('邮箱').fill(other.email);
  await page.getByLabel('密码').fill(other.password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '接受并加入' }).click();
  await page.waitForURL(({ pathname }) => pathname === '/overview');

  // They work in the account they joined, and may leave it again.
  await page.goto('/team');
  await expect(page.getByRole('table', { name: '成员及其角色' })).toContainText(owner.email);
  await page.locator('tbody tr').filter({ hasText: other.email }).getByRole('button').click();
  await page.getByRole('button', { name: '退出账户' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '退出账户' }).click();
  await page.waitForURL(({ pathname }) => pathname === '/overview');
  await page.goto('/team');
  await expect(page.getByRole('table', { name: '成员及其角色' })).not.toContainText(owner.email);
});

test('an invitation is sent again with another link, and revoked', async ({ page }) => {
  const owner = await openCustomer({});
  const email = newEmail('slow');
  await signIn(page, owner);
  await page.goto('/team');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('dialog').getByLabel('E-mail').fill(email);
  await page.getByRole('dialog').getByRole('button', { name: 'Send invitation' }).click();
  const row = page.getByRole('table', { name: 'Invitations that wait' }).locator('tbody tr').filter({ hasText: email });
  await expect(row).toBeVisible();
  const first = await invitationLink(page, email);
  await page.goto('/team');
  await row.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText(`An invitation is on its way to ${email}`)).toBeVisible();
  const second = await invitationLink(page, email);
  expect(second).not.toBe(first);
  await page.goto(first);
  await expect(page.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible();

  await page.goto('/team');
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText(`The invitation of ${email} was revoked`)).toBeVisible();
  await page.goto(second);
  await expect(page.getByRole('heading', { name: 'This invitation has ended' })).toBeVisible();
});

test('a developer chooses what a key may do and revokes another; a viewer does not see keys', async ({ page, browser, baseURL, request }) => {
  const developer = await openCustomer({ planKey: 'pro', role: 'developer' });
  await signIn(page, developer);
  await page.goto('/api-keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'What you choose' }).check();
  await expectClean(page);
  await page.keyboard.press('Escape');

  const call = () => request.get('/api/quota', { headers: { authorization: `Bearer ${developer.apiKey}` } });
  expect((await call()).status()).toBe(200);
  await page.getByRole('button', { name: 'Revoke Test key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Test key was revoked')).toBeVisible();
  await expect(page.getByRole('table', { name: 'List of ended keys' })).toContainText('Test key');
  await expect.poll(async () => (await call()).status()).toBe(401);

  const viewer = await freshPage(browser, baseURL);
  await signIn(viewer, openCustomer({ role: 'viewer' }));
  await expect(viewer.getByRole('link', { name: 'API keys' })).toHaveCount(0);
  await viewer.goto('/api-keys');
  await expect(viewer.getByText('Your role (Viewer) does not open this page')).toBeVisible();
  await expectClean(viewer);
});

async function changeSomething(page: Page, owner: Customer): Promise<string> {
  const name = `Contact ${Date.now()}`;
  await signIn(page, owner);
  await page.goto('/account');
  await page.getByLabel(/^Contact person/).fill(name);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Profile saved')).toBeVisible();
  return name;
}

test('an owner finds a change in the audit log, sees it from what to what, and downloads it', async ({ page }) => {
  const owner = await openCustomer({ planKey: 'pro' });
  const name = await changeSomething(page, owner);
  await page.goto('/audit-log');
  const list = page.getByRole('list', { name: 'Changes' });
  await expect(list.getByRole('listitem').first()).toContainText('Demo owner changed Contact person');
  await list.getByRole('listitem').first().locator('summary').click();
  await expect(list.getByText(name)).toBeVisible();
  await expectClean(page);

  await page.getByLabel('About').selectOption('Subscription');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/\/audit-log\?group=subscription$/);
  await expect(list.getByText(name)).toHaveCount(0);
  await expect(list.getByText(/started the subscription/)).toBeVisible();
  await page.getByLabel('By').selectOption('Demo owner');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No changes found')).toBeVisible();
  await expectClean(page);
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(page).toHaveURL(/\/audit-log$/);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain(name);
});

for (const [language, theme, width] of [['en', 'light', 1440], ['zh', 'dark', 360]] as const) {
  test(`team, keys and log are accessible and fit, ${language}, ${theme}, ${width} px`, async ({ page, context, baseURL }) => {
    await prefer(context, baseURL, { language, theme });
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, { email: 'owner.pro@demo.example' });
    for (const path of ['/team', '/api-keys', '/audit-log']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectClean(page);
    }
    if (width >= 768) return;
    await page.getByRole('button', { name: '更多页面' }).click();
    await page.getByRole('link', { name: '团队' }).last().click();
    await expect(page).toHaveURL(/\/team$/);
  });
}
