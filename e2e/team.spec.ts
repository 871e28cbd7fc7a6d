import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { openCustomer, signIn, type Customer } from './support/customer';

const password = 'demo-portal-2026';

async function prefer(context: BrowserContext, baseURL: string | undefined, preferences: Record<string, string>) {
  await context.addCookies(Object.entries(preferences).map(([name, value]) => ({ name, value, url: baseURL })));
}

async function expectClean(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** The link in the newest mail to somebody. */
async function mailedLink(page: Page, email: string): Promise<string> {
  await page.goto('/outbox');
  const mail = page.getByRole('article').filter({ hasText: email }).filter({ hasText: 'invitation?token=' }).first();
  return /https?:\/\/\S+invitation\?token=[\w-]+/.exec((await mail.textContent()) ?? '')?.[0] ?? '';
}

async function freshPage(browser: Browser, baseURL: string | undefined, language = 'en'): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await prefer(context, baseURL, { language });
  return context.newPage();
}

const newEmail = (name: string) => `${name}.${Date.now()}@demo.example`;

test('an owner invites a finance person, who joins, gets another role, and is removed at once', async ({ page, browser, baseURL }) => {
  test.slow(); // Several people, each with a browser of their own.
  const owner = await openCustomer({ planKey: 'pro' });
  const email = newEmail('finance');
  await signIn(page, owner);
  await page.goto('/team');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail').fill('no address');
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog.getByText('Enter an e-mail address such as')).toBeVisible();
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: 'Billing' }).check();
  await expectClean(page);
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(`An invitation is on its way to ${email}`)).toBeVisible();
  const waiting = page.getByRole('table', { name: 'Invitations that wait' }).locator('tbody tr').filter({ hasText: email });
  await expect(waiting).toContainText('Billing');
  await expectClean(page);

  const guest = await freshPage(browser, baseURL);
  await guest.goto(await mailedLink(guest, email));
  await expect(guest.getByRole('heading', { level: 1 })).toContainText('Join Demo');
  await expect(guest.getByText('Demo owner invites you')).toBeVisible();
  await expectClean(guest);
  const invitation = guest.url();
  await guest.getByRole('button', { name: 'Accept and join' }).click();
  await expect(guest.getByText('Enter your name.')).toBeVisible();
  await guest.getByLabel('Your name').fill('Demo Finance');
  await guest.getByLabel(/^Password/).fill(password);
  await guest.getByRole('button', { name: 'Accept and join' }).click();
  await guest.waitForURL(({ pathname }) => pathname === '/overview');
  await guest.goto('/billing');
  await expect(guest.getByRole('table', { name: 'List of invoices' }).locator('tbody tr').first()).toBeVisible();
  await guest.goto('/team');
  await expect(guest.getByRole('table', { name: 'Members and their roles' })).toContainText('Demo Finance');
  await expect(guest.getByRole('button', { name: 'Invite' })).toHaveCount(0);
  await expect(guest.getByRole('link', { name: 'Audit log' })).toHaveCount(0);

  // The link again is harmless, for them and for somebody who finds it.
  await guest.goto(invitation);
  await expect(guest.getByText('You belong to Demo')).toBeVisible();
  const finder = await freshPage(browser, baseURL);
  await finder.goto(invitation);
  await expect(finder.getByText(`Sign in as ${email} to go on.`)).toBeVisible();

  await page.reload();
  const row = page.getByRole('table', { name: 'Members and their roles' }).locator('tbody tr').filter({ hasText: email });
  await expect(row).toContainText('Invited by Demo owner');
  await row.getByRole('button', { name: 'Change Demo Finance' }).click();
  await page.getByRole('button', { name: 'Change role' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Viewer' }).check();
  await expectClean(page);
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('Demo Finance is now Viewer')).toBeVisible();
  await expect(row).toContainText('Viewer');

  await row.getByRole('button', { name: 'Change Demo Finance' }).click();
  await page.getByRole('button', { name: 'Remove from the account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the account' }).click();
  await expect(page.getByText('Demo Finance was removed')).toBeVisible();
  await expect(row).toHaveCount(0);
  await guest.goto('/billing');
  await expect(guest).toHaveURL(/\/sign-in\?.*error=no_account/);
});

test('an invitation opened where somebody else is signed in says so, in Chinese, and goes on after signing out', async ({ page, baseURL, context }) => {
  test.slow(); // Several people, each with a browser of their own.
  await prefer(context, baseURL, { language: 'zh' });
  const owner = await openCustomer({ language: 'zh' });
  const other = await openCustomer({ language: 'zh' });
  await signIn(page, owner);
  await page.goto('/team');
  await page.getByRole('button', { name: '邀请成员' }).click();
  await page.getByRole('dialog').getByLabel('邮箱').fill(other.email);
  await page.getByRole('dialog').getByRole('button', { name: '发送邀请' }).click();
  await expect(page.getByText(`邀请邮件已发往 ${other.email}`)).toBeVisible();
  const link = await mailedLink(page, other.email);

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
  const first = await mailedLink(page, email);
  await page.goto('/team');
  await row.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText(`An invitation is on its way to ${email}`)).toBeVisible();
  const second = await mailedLink(page, email);
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

test('a developer makes a key, calls with it, and revokes it; a viewer does not see keys', async ({ page, browser, baseURL, request }) => {
  test.slow(); // Several people, each with a browser of their own.
  const developer = await openCustomer({ planKey: 'pro', role: 'developer' });
  await signIn(page, developer);
  await page.goto('/api-keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('Give the key a name.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Demo backend');
  await dialog.getByRole('radio', { name: 'What you choose' }).check();
  await expectClean(page);
  await dialog.getByRole('radio', { name: 'Meter usage' }).check();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(dialog.getByText('It is shown this once.')).toBeVisible();
  await expectClean(page);
  const key = (await dialog.locator('code').first().textContent()) ?? '';
  expect(key).toMatch(/^cpk_[0-9a-f]{12}_[\w-]{32}$/);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  const call = () => request.get('/api/quota', { headers: { authorization: `Bearer ${key}` } });
  expect((await call()).status()).toBe(200);
  await page.reload();
  const row = page.getByRole('table', { name: 'List of active keys' }).locator('tbody tr').filter({ hasText: 'Demo backend' });
  await expect(row).toContainText(key.slice(0, 16));
  await expect(row).toContainText('by Demo developer');
  await expect(page.locator('main')).not.toContainText(key);
  await expectClean(page);

  await row.getByRole('button', { name: 'Revoke Demo backend' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Demo backend was revoked')).toBeVisible();
  await expect(page.getByRole('table', { name: 'List of ended keys' })).toContainText('Demo backend');
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

for (const [language, theme, width] of [['en', 'light', 1440], ['zh', 'dark', 360], ['zh', 'light', 768]] as const) {
  test(`team, keys and log are accessible and fit, ${language}, ${theme}, ${width} px`, async ({ page, context, baseURL }) => {
    await prefer(context, baseURL, { language, theme });
    await page.setViewportSize({ width, height: 800 });
    await signIn(page, { email: 'owner.pro@demo.example', password, accountId: '', apiKey: '' });
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
