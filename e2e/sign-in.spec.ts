import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, expectClean } from './support/accessible';
import { signIn } from './support/customer';
import { newestMail } from './support/outbox';

const password = 'demo-portal-2026';
const pro = 'owner.pro@demo.example';

async function typeIn(page: Page, email: string, typed: string) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(typed);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a person signs in by password, lands where they wanted to go, and signs out for good', async ({ page, context }) => {
  await page.goto('/account?from=mail');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByLabel('E-mail').fill(pro);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/account\?from=mail$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  const cookie = (await context.cookies()).find(({ name }) => name.startsWith('portal-session'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  const stolen = { cookie: `${cookie?.name}=${cookie?.value}` };

  await page.getByRole('button', { name: /preferences and sign out/ }).first().click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByLabel('Password')).toBeVisible();

  // A copy of the cookie is of no use any more.
  const answer = await page.request.get('/api/v1/billing/account', { headers: stolen });
  expect([answer.status(), ((await answer.json()) as { code: string }).code]).toEqual([401, 'session_expired']);
});

test('a wrong password and an unknown e-mail read the same, and nothing typed is lost', async ({ page }) => {
  const sentence = page.getByRole('alert').filter({ hasText: 'not right' });
  await typeIn(page, pro, 'wrong password');
  await expect(sentence).toHaveText(/The e-mail or the password is not right/);
  const first = await sentence.textContent();
  await expect(page.getByLabel('E-mail')).toHaveValue(pro);
  await expect(page.getByLabel('Password')).toHaveValue('');
  await expectAccessible(page);
  await typeIn(page, 'nobody@demo.example', 'wrong password');
  await expect(sentence).toHaveText(first ?? '');
});

test('fields left empty say what to enter, and the first of them gets the focus', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await expect(page.getByText('Enter your password.')).toBeVisible();
  await expectAccessible(page);
});

test('too many wrong passwords ask for patience', async ({ page, request }) => {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const attempt = () => request.post('/api/auth/callback/credentials', { form: { csrfToken, email: 'guessed@demo.example', password: 'wrong', json: 'true' } });
  for (let count = 0; count < 10; count += 1) expect((await attempt()).status()).toBe(401);
  const refused = await attempt();
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
  await typeIn(page, 'guessed@demo.example', 'wrong');
  await expect(page.getByRole('alert').filter({ hasText: /Try again in \d+ minutes?/ })).toBeVisible();
});

test('a person signs in by a link that works once', async ({ page }) => {
  await page.goto('/sign-in?callbackUrl=/account');
  await page.getByLabel('E-mail').fill(pro);
  await page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  await expect(page.getByText(pro)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Open the outbox' }).click();
  const link = newestMail(page, pro).getByRole('link').first();
  await expectAccessible(page);
  const address = (await link.getAttribute('href')) ?? '';

  // What a mail scanner does: it opens the link and even what the link leads to, and uses nothing up.
  expect((await page.request.get(address)).status()).toBe(200);
  const direct = address.replace('/sign-in/link', '/api/auth/callback/email');
  await page.request.get(direct, { headers: { 'sec-fetch-site': 'none' } });

  await link.click();
  await expect(page.getByText(`You are signing in as ${pro}.`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await page.context().clearCookies();
  await page.goto(address);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This sign-in link was used already or has expired.')).toBeVisible();
});

test('an unknown e-mail is told the same and gets no mail', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('stranger@demo.example');
  await page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  await page.goto('/outbox');
  await expect(page.getByRole('heading', { name: 'Outbox' })).toBeVisible();
  await expect(newestMail(page, 'stranger@demo.example')).toHaveCount(0);
});

test('a person with two accounts switches, in every tab, and may do there what their role allows', async ({ page, context }) => {
  await signIn(page, { email: pro });
  await page.goto('/account');
  const other = await context.newPage();
  await other.goto('/account');
  const switcher = (where: Page) => where.getByRole('button', { name: /switch account/i }).first();
  const before = await switcher(page).textContent();
  await switcher(page).click();
  await page.getByRole('button', { name: 'Viewer' }).first().click();
  await expect(switcher(page)).not.toHaveText(before ?? '');
  await expect(switcher(other)).not.toHaveText(before ?? '');

  const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const refused = await page.request.patch('/api/v1/billing/account', { headers: own, data: { phone: '1' } });
  expect(refused.status()).toBe(403);

  await switcher(page).click();
  await page.getByRole('button', { name: 'Owner' }).first().click();
  await expect(switcher(page)).toHaveText(before ?? '');
});

test('another site’s page can change nothing with the visitor’s cookie', async ({ page }) => {
  await signIn(page, { email: pro });
  await page.goto('/account');
  const forged = await page.request.patch('/api/v1/billing/account', { headers: { origin: 'http://evil.example', 'content-type': 'application/json' }, data: { phone: '1' } });
  expect(forged.status()).toBe(403);
  expect(((await forged.json()) as { code: string }).code).toBe('cross_site_request');

  // The same for a server action: sent again as the browser sent it, but from elsewhere.
  const sent = page.waitForRequest((request) => request.method() === 'POST' && !!request.headers()['next-action']);
  await page.getByRole('button', { name: /preferences and sign out/ }).first().click();
  await page.getByRole('button', { name: 'Dark' }).first().click();
  const action = await sent;
  const again = (origin: string) =>
    page.request.post(action.url(), { headers: { ...action.headers(), origin }, data: action.postDataBuffer() ?? '' });
  expect((await again(new URL(page.url()).origin)).status()).toBe(200);
  expect((await again('http://evil.example')).status()).toBeGreaterThanOrEqual(400);
});

test('the way in speaks Chinese, and no address leads elsewhere', async ({ page }) => {
  await page.goto('/sign-in?callbackUrl=https://evil.example/');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await page.getByLabel('邮箱').fill(pro);
  await page.getByLabel('密码').fill('不对的密码');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByText('邮箱或密码不正确')).toBeVisible();
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page).toHaveURL(/\/overview$/);
});

test('the pages on the way in are accessible in the dark, on a phone too', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 760 });
  for (const address of ['/sign-in?error=Verification', '/check-email', '/sign-in/link', '/outbox']) {
    await page.goto(address);
    await expectClean(page);
  }
});
