import AxeBuilder from '@axe-core/playwright';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { serveWorkbench, type Workbench } from '../examples/agent-workbench/serve';
import { demo } from './demo';
import { partitionedLaunchOptions } from './support/browser';
import { openCustomer, type Customer } from './support/customer';
import { answerBank, cards, typeCard } from './support/paying';

// Storage is kept apart by site, as people's browsers do; `workbench.localhost` is another site than `localhost`.
test.use({ launchOptions: partitionedLaunchOptions });
// A page in the frame is several requests one after the other: slow on a machine that is busy.
test.slow();

let workbench: Workbench;
test.afterEach(() => workbench.close());

async function openWorkbench(baseURL: string | undefined, customer: Customer, options: Parameters<typeof serveWorkbench>[1] = {}): Promise<void> {
  workbench = await serveWorkbench({ url: baseURL ?? '', apiKey: demo().workbench.apiKey, accountId: customer.accountId, email: customer.email }, options);
}

const portalIn = (page: Page): FrameLocator => page.frameLocator('customer-portal iframe');

/** Opens the portal by the workbench's sidebar. */
async function openPortal(page: Page, language: 'en' | 'zh' = 'en'): Promise<FrameLocator> {
  await page.goto(`${workbench.origin}/?lang=${language}`);
  await page.getByRole('link', { name: language === 'en' ? 'Account & subscription' : '账户与订阅' }).click();
  const portal = portalIn(page);
  await expect(portal.getByRole('heading', { level: 1, name: language === 'en' ? 'Subscription' : '订阅' })).toBeVisible({ timeout: 60_000 });
  return portal;
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[src*="/_pages/"]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a customer reads their usage and upgrades inside the workbench, with a card that asks their bank', async ({ page, baseURL, context }) => {
  await openWorkbench(baseURL, await openCustomer({ planKey: 'free' }));
  const portal = await openPortal(page);
  await expectAccessible(page);
  // From here on the frame is as tall as its pages, and the workbench scrolls.
  await page.locator('customer-portal').evaluate((element) => element.setAttribute('auto-height', ''));
  await portal.getByRole('link', { name: 'Usage' }).click();
  await expect(portal.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  await portal.getByRole('link', { name: 'Subscription' }).click();

  await portal.getByRole('button', { name: 'Upgrade to Pro' }).click();
  const dialog = portal.getByRole('dialog');
  await expect(dialog).toBeInViewport({ ratio: 1 });
  await dialog.getByRole('button', { name: 'Upgrade for $29.99' }).click();
  await typeCard(portal, cards.alwaysAsks);
  await dialog.getByRole('button', { name: /^Store and pay/ }).click();
  await answerBank(portal, 'Complete');
  await expect(dialog.getByText('Confirm with your bank')).toBeVisible();
  await answerBank(portal, 'Complete');
  await expect(page.getByText('Plan changed: pro')).toBeVisible();
  await expect(portal.getByRole('region', { name: 'Current plan' })).toContainText('$29.99 per month');

  // The frame's storage is not the portal's own: neither its cookie nor anything else is seen in a tab.
  const [cookie] = (await context.cookies(baseURL)).filter(({ name }) => name.startsWith('__Host-portal-embed-'));
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None', partitionKey: expect.stringContaining('workbench.localhost') });
  await portal.locator('body').evaluate(() => localStorage.setItem('kept-apart', 'yes'));
  const tab = await context.newPage();
  await tab.goto(`${baseURL}/billing`);
  await expect(tab).toHaveURL(/\/sign-in/);
  expect(await tab.evaluate(() => localStorage.getItem('kept-apart'))).toBeNull();
});

test('language and theme follow the workbench, and PayPal is paid in a window, where no cookie is kept', async ({ page, baseURL }) => {
  const customer = await openCustomer({ planKey: 'pro', language: 'zh' });
  await openWorkbench(baseURL, customer);
  await page.route('**/api/auth/embed', async (route) => {
    // Not by the browser's own means, which would keep the cookie.
    const asked = route.request();
    const answer = await fetch(asked.url(), { method: asked.method(), headers: await asked.allHeaders(), body: asked.postData() });
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
  });
  const portal = await openPortal(page, 'zh');
  await portal.getByRole('link', { name: '账单' }).click();
  await expect(portal.getByRole('heading', { level: 1, name: '账单' })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(portal.getByRole('heading', { level: 1, name: 'Billing' })).toBeVisible();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await expect(portal.locator('html')).toHaveAttribute('data-theme', 'dark');
  await portal.getByRole('link', { name: 'Account' }).click();
  await expect(portal.getByText(`In ${workbench.origin}`)).toBeVisible();
  await portal.getByLabel('Phone').fill('+1 555 0100');
  await portal.getByRole('button', { name: 'Save changes' }).click();
  await expect(portal.getByText('Profile saved')).toBeVisible();
  await expectAccessible(page);

  await portal.getByRole('link', { name: 'Billing', exact: true }).click();
  await portal.getByRole('link', { name: /^Pay DEMO-/ }).click();
  await portal.getByRole('radio', { name: /^PayPal/ }).check();
  const [provider] = await Promise.all([page.waitForEvent('popup'), portal.getByRole('button', { name: 'Go to the payment page' }).click()]);
  await provider.waitForURL(/\/checkoutnow\?/);
  expect(await provider.evaluate(() => window.opener as unknown)).toBeNull();
  await expect(portal.getByText('Go on in the window that opened')).toBeVisible();
  await provider.locator('input[value=pays]').check();
  await provider.locator('button[value=approve]').click();
  await expect(provider.getByRole('heading', { name: 'Back to where you came from' })).toBeVisible();
  await expect(portal.getByRole('heading', { level: 1 })).toContainText('Paid');
  await expect(page.getByText('Payment done')).toBeVisible();
});

test('strangers are neither shown the portal nor heard', async ({ page, baseURL }) => {
  const customer = await openCustomer({ planKey: 'pro' });
  await openWorkbench(baseURL, customer, { host: 'stranger.localhost', listed: false });
  const stranger = workbench;
  await page.goto(`${stranger.origin}/?lang=en#account`);
  await expect(page.getByText('The portal cannot be shown here.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open it in a new tab' })).toHaveAttribute('href', baseURL ?? '');

  // A stranger's frame beside the portal says what only the page around it may say, and what only the portal may say.
  await openWorkbench(baseURL, customer);
  const portal = await openPortal(page);
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
  }, `${stranger.origin}/`);
  await expect(page.frameLocator('body > iframe').getByText('Sample workbench')).toBeAttached();
  const strange = page.frames().find((frame) => frame.url().startsWith(stranger.origin));
  await strange?.evaluate(() => {
    for (let index = 0; index < parent.frames.length; index += 1) parent.frames[index]?.postMessage({ type: 'portal:navigate', page: 'billing', version: 1 }, '*');
    parent.postMessage({ type: 'portal:plan-changed', plan: 'stolen', status: 'active', version: 1 }, '*');
  });
  // What the workbench itself says afterwards is heard, so what came before was not.
  await page.locator('customer-portal').evaluate((element) => element.setAttribute('page', 'usage'));
  await expect(portal.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  await expect(page.locator('#heard')).toHaveText('Sample workbench');
  await stranger.close();
});
