import { expect, test } from '@playwright/test';
import { oneTimeToken } from '../examples/agent-workbench/portal';
import type { Workbench } from '../examples/agent-workbench/serve';
import { expectAccessibleWithFrames } from './support/accessible';
import { partitionedLaunchOptions } from './support/browser';
import { openCustomer, signIn, type Customer } from './support/customer';
import { expireEmbedToken } from './support/database';
import { wordsOf } from './support/words';
import { accessOf, askForPortal, openPortal, workbenchOf } from './support/workbench';

// Storage is kept apart by site, as people's browsers do; `workbench.localhost` is another site than `localhost`.
test.use({ launchOptions: partitionedLaunchOptions });
// A page in the frame is several requests one after the other: slow on a machine that is busy.
test.slow();

const english = wordsOf('en');

let workbench: Workbench;
test.afterEach(() => workbench.close());

async function openWorkbench(baseURL: string | undefined, customer: Customer, options?: Parameters<typeof workbenchOf>[2]): Promise<void> {
  workbench = await workbenchOf(baseURL, customer, options);
}

test('language and theme follow the workbench, and PayPal is paid in a window, where no cookie is kept', async ({ page, baseURL }) => {
  const customer = await openCustomer({ planKey: 'pro', language: 'zh' });
  await openWorkbench(baseURL, customer);
  await page.route('**/api/auth/embed', async (route) => {
    // Not by the browser's own means, which would keep the cookie.
    const asked = route.request();
    const answer = await fetch(asked.url(), { method: asked.method(), headers: await asked.allHeaders(), body: asked.postData() });
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
  });
  const portal = await openPortal(page, workbench, wordsOf('zh'));
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
  await expectAccessibleWithFrames(page);

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
  await page.clock.install();
  await page.goto(`${stranger.origin}/?lang=en#account`);
  await expect(async () => {
    await page.clock.fastForward(8_000); // As long as a frame that does not speak is waited for.
    await expect(page.getByText('The portal cannot be shown here.')).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.clock.resume();
  await expect(page.getByRole('link', { name: 'Open it in a new tab' })).toHaveAttribute('href', baseURL ?? '');

  // A stranger's frame beside the portal says what only the page around it may say, and what only the portal may say. The
  // portal stands in a plain frame too, since a frame inside an element is out of its neighbours' reach.
  await openWorkbench(baseURL, customer);
  const portal = await openPortal(page, workbench, english);
  await page.evaluate((addresses) => {
    for (const [id, address] of Object.entries(addresses)) document.body.append(Object.assign(document.createElement('iframe'), { id, src: address }));
  }, { stranger: `${stranger.origin}/`, plain: `${baseURL}/embed/${customer.accountId}/subscription` });
  const plain = page.frameLocator('#plain');
  await expect(plain.getByRole('heading', { level: 1, name: 'Subscription' })).toBeVisible();
  await expect(page.frameLocator('#stranger').getByText('Sample workbench')).toBeAttached();
  const strange = page.frames().find((frame) => frame.url().startsWith(stranger.origin));
  await strange?.evaluate(() => {
    for (let index = 0; index < parent.frames.length; index += 1) parent.frames[index]?.postMessage({ type: 'portal:appearance', theme: 'dark', version: 1 }, '*');
    parent.postMessage({ type: 'portal:plan-changed', plan: 'stolen', status: 'active', version: 1 }, '*');
  });
  // What the workbench itself says afterwards is heard, so what came before was not.
  await page.locator('customer-portal').evaluate((element) => element.setAttribute('page', 'usage'));
  await expect(portal.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  await page.locator('#plain').evaluate((frame: HTMLIFrameElement, portalOrigin) => {
    frame.contentWindow?.postMessage({ type: 'portal:navigate', page: 'usage', version: 1 }, portalOrigin);
  }, baseURL ?? '');
  await expect(plain.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();
  await expect(plain.locator('html')).not.toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('#heard')).toHaveText('Sample workbench');
  await stranger.close();
});

test('a token that was used or has run out opens nothing, and the person is told what to do', async ({ page, baseURL }) => {
  const customer = await openCustomer({ planKey: 'pro' });
  await openWorkbench(baseURL, customer);
  const [once, late] = [await oneTimeToken(accessOf(baseURL, customer), workbench.origin), await oneTimeToken(accessOf(baseURL, customer), workbench.origin)];
  await expireEmbedToken(late);
  const handedOver = [once, once, late];
  await page.route('**/portal-token', (route) => route.fulfill({ json: { token: handedOver.shift() } }));
  await openPortal(page, workbench, english);

  for (const what of ['used', 'run out']) {
    await page.goto('about:blank');
    const portal = await askForPortal(page, workbench);
    await expect(portal.getByRole('alert').filter({ hasText: 'The portal could not be opened here' }), what).toContainText('Reload the page and try again');
    await expect(portal.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
    await expect(page.locator('#heard')).toHaveText('The portal did not open: embed_token_invalid');
  }
  await expectAccessibleWithFrames(page);
});

test('a session that is ended elsewhere begins anew in the open frame, for a change too, unless the site may no longer show the portal', async ({ page, baseURL, browser }) => {
  const customer = await openCustomer({ planKey: 'pro' });
  await openWorkbench(baseURL, customer);
  await page.clock.install();
  const portal = await openPortal(page, workbench, english);
  await portal.getByRole('link', { name: 'Account' }).click();

  const context = await browser.newContext({ baseURL });
  const tab = await context.newPage();
  await signIn(tab, customer);
  await tab.goto('/account');
  const inFrame = tab.getByRole('listitem').filter({ hasText: `In ${workbench.origin}` });
  await inFrame.getByRole('button', { name: 'Sign out' }).click();
  await expect(inFrame).toHaveCount(0);
  await page.clock.fastForward(10_000); // One that is gone sooner counts as never kept.
  await portal.getByLabel('Phone').fill('+1 555 0100');
  await portal.getByRole('button', { name: 'Save changes' }).click();
  await expect(portal.getByText('Profile saved')).toBeVisible();

  await tab.reload();
  await inFrame.getByRole('button', { name: 'Sign out' }).click();
  await expect(inFrame).toHaveCount(0);
  await page.clock.fastForward(10_000);
  await portal.getByRole('link', { name: 'Usage' }).click();
  await expect(portal.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible();

  await tab.reload();
  await tab.getByRole('button', { name: `Remove ${workbench.origin}` }).click();
  await expect(tab.getByText('No site may show the portal')).toBeVisible();
  await portal.getByRole('link', { name: 'Billing' }).click();
  await expect(portal.getByRole('alert').filter({ hasText: 'This site may no longer show the portal' })).toBeVisible();
  await expect(portal.getByRole('link', { name: 'Open in a new tab' })).toHaveAttribute('target', '_blank');
  await expect(page.locator('#heard')).toHaveText('The portal did not open: origin_not_allowed');
  await context.close();
});
