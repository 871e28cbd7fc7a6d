import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { openCustomer, signIn } from './support/customer';

async function prefer(context: BrowserContext, baseURL: string | undefined, preferences: Record<string, string>) {
  await context.addCookies(Object.entries(preferences).map(([name, value]) => ({ name, value, url: baseURL })));
}

async function openAccount(page: Page, email: string) {
  await signIn(page, { email });
  await page.goto('/account');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a customer edits the profile, and the change stands in the list of changes', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { language: 'en' });
  await openAccount(page, 'owner.pro@demo.example');
  const contact = page.getByLabel(/^Contact person/);
  const name = `Demo Contact ${Date.now()}`;
  const save = page.getByRole('button', { name: 'Save changes' });

  await expect(save).toBeHidden();
  // Whoever enters the form finds the whole lists.
  const country = page.getByLabel(/^Country/);
  await country.focus();
  await expect(country.getByRole('option', { name: 'France' })).toBeAttached();
  await expect(page.getByLabel(/^Time zone/).getByRole('option', { name: 'Asia/Tokyo' })).toBeAttached();
  await contact.fill(name);
  await expect(page.getByText('1 unsaved change').first()).toBeVisible();
  await save.click();
  await expect(page.getByText('Profile saved')).toBeVisible();
  await expect(save).toBeHidden();
  const changes = page.getByRole('region', { name: 'Recent changes' });
  await expect(changes.getByText(name)).toBeVisible();
  await page.reload();
  await expect(contact).toHaveValue(name);
});

test('wrong fields are named, in Chinese, and nothing typed is lost', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { language: 'zh' });
  await openAccount(page, 'owner.enterprise@demo.example');
  const taxId = page.getByLabel(/^统一社会信用代码/);
  const postalCode = page.getByLabel(/^邮政编码/);
  await taxId.fill('91310000MA1K000007');
  await postalCode.fill('2000');
  await page.getByRole('button', { name: '保存更改' }).click();
  await expect(page.getByText('校验码不匹配，请检查是否有输入错误。')).toBeVisible();
  await expect(page.getByText(/与所选国家或地区的邮政编码格式不符/)).toBeVisible();
  await expect(postalCode).toBeFocused();
  await expect(taxId).toHaveValue('91310000MA1K000007');
  await expectAccessible(page);

  await page.getByRole('button', { name: '放弃更改' }).click();
  await expect(taxId).not.toHaveValue('91310000MA1K000007');
  await taxId.fill('91310000ma1k000006');
  await page.getByRole('button', { name: '保存更改' }).click();
  await expect(page.getByText('账户资料已保存')).toBeVisible();
  await expect(taxId).toHaveValue('91310000MA1K000006');
});

test('a server that cannot be reached costs nothing that was typed, and can be tried again', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { language: 'en' });
  await openAccount(page, 'owner.pro@demo.example');
  const phone = page.getByLabel(/^Phone/);
  const number = `+49 30 ${String(Date.now()).slice(-7)}`;
  await phone.fill(number);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('The server could not be reached. Nothing you typed is lost.')).toBeVisible();
  await expect(phone).toHaveValue(number);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Profile saved')).toBeVisible();
});

for (const [language, theme, width] of [['en', 'light', 1440], ['zh', 'dark', 360]] as const) {
  test(`the account page and the reference are accessible and fit, ${language}, ${theme}, ${width} px`, async ({ page, context, baseURL }) => {
    await prefer(context, baseURL, { language, theme });
    await page.setViewportSize({ width, height: 800 });
    await openAccount(page, 'owner.pro@demo.example');
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    await expectAccessible(page);
    await page.goto('/docs');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await overflow()).toBe(0);
    await expectAccessible(page);
    // Every operation is made of the same parts: one with all of them stands for the others.
    await page.getByRole('link', { name: 'Check and take in one step' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Check and take in one step' })).toBeVisible();
    expect(await overflow()).toBe(0);
    await expectAccessible(page);
  });
}

test('a person signs out of their other browsers', async ({ page, context, browser, baseURL }) => {
  await prefer(context, baseURL, { language: 'en' });
  const other = await browser.newContext({ baseURL });
  const otherPage = await other.newPage();
  const { email } = await openCustomer({});
  await openAccount(otherPage, email);
  await openAccount(page, email);
  await page.getByRole('button', { name: 'Sign out elsewhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out elsewhere' }).click();
  await expect(page.getByText('Signed out everywhere else')).toBeVisible();
  await otherPage.goto('/account');
  await expect(otherPage).toHaveURL(/\/sign-in/);
  await page.reload();
  await expect(page).toHaveURL(({ pathname }) => pathname === '/account');
  await other.close();
});

test('health and the machine-readable description answer', async ({ request }) => {
  expect((await request.get('/api/health?check=live')).status()).toBe(200);
  expect(await (await request.get('/api/health/ready')).json()).toMatchObject({ success: true, payload: { checks: { database: 'up', migrations: 'applied' } } });
  const document = (await (await request.get('/api/openapi.json')).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/portal/account');
});
