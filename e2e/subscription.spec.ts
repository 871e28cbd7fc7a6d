import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { cards, payOnProviderPage, typeCard } from './support/paying';

const dialog = (page: Page) => page.getByRole('dialog');
const currentPlan = (page: Page) => page.getByRole('region', { name: 'Current plan' });

/** What the quota API answers a product that asks about API calls. */
async function quotaOfApiCalls(page: Page): Promise<string> {
  return (await page.request.get('/api/quota?feature=api_calls')).text();
}

async function invoiceTotals(page: Page): Promise<number[]> {
  const answer = await page.request.get('/api/portal/invoices');
  const { payload } = (await answer.json()) as { payload: { items: { totalMinor: number }[] } };
  return payload.items.map(({ totalMinor }) => totalMinor);
}

/** Pays for a change in the dialog that asks for it, with a card that is entered there. */
async function payForChange(page: Page): Promise<void> {
  await typeCard(page, cards.good);
  await dialog(page).getByRole('button', { name: /^Store and pay/ }).click();
  await expect(dialog(page)).toBeHidden();
}

test('a customer upgrades, sees the new limit, schedules a downgrade and undoes it', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await page.goto('/subscription');
  await expect(currentPlan(page)).toContainText('Free');
  await expect(page.getByRole('button', { name: 'Cancel subscription' })).toHaveCount(0);
  expect(await quotaOfApiCalls(page)).toContain('"limit":100,');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
  await expect(dialog(page).getByRole('row', { name: /Pro plan, monthly.*\$29\.99/ })).toBeVisible();
  await expect(dialog(page).getByRole('row', { name: /Due now \$29\.99/ })).toBeVisible();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Upgrade for $29.99' }).click();
  await expect(dialog(page)).toContainText('Your plan changes the moment the payment has arrived');
  expect(await quotaOfApiCalls(page)).toContain('"limit":100,');
  await expectAccessible(page);
  await payForChange(page);
  await expect(page.getByText('You are on Pro now.')).toBeVisible();
  await expect(currentPlan(page)).toContainText('$29.99 per month');
  expect(await quotaOfApiCalls(page)).toContain('"limit":10000,');
  expect(await invoiceTotals(page)).toEqual([2999]);

  await page.getByRole('button', { name: 'Downgrade to Free' }).click();
  await expect(dialog(page).getByRole('listitem').filter({ hasText: 'API calls' })).toContainText('from 10,000 to 100');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: /^Schedule for/ }).click();
  await expect(currentPlan(page)).toContainText(/Moves to Free on/);
  expect(await quotaOfApiCalls(page)).toContain('"limit":10000,');
  await expectAccessible(page);
  await currentPlan(page).getByRole('button', { name: 'Keep Pro' }).click();
  await expect(currentPlan(page)).not.toContainText(/Moves to Free/);
  expect(await invoiceTotals(page)).toEqual([2999]);
});

test('a price by the year is compared and charged with the unused month given back', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 9 }));
  await page.goto('/subscription');
  await page.getByRole('radio', { name: 'Yearly' }).check();
  await expect(page.getByRole('columnheader', { name: /Pro/ })).toContainText('Saves 16% over monthly');
  await page.getByRole('button', { name: 'Pay yearly' }).click();
  await expect(dialog(page).getByRole('row', { name: /Unused time on Pro \(monthly\).*-\$2\d\.\d\d/ })).toBeVisible();
  const confirm = dialog(page).getByRole('button', { name: /^Switch to yearly for \$2\d\d\.\d\d$/ });
  const shown = (await confirm.textContent())?.match(/\$(\d+)\.(\d\d)/);
  await confirm.click();
  await payForChange(page);
  await expect(currentPlan(page)).toContainText('$299.90 per year');
  expect((await invoiceTotals(page))[0]).toBe(Number(`${shown?.[1]}${shown?.[2]}`));
});

test('a customer pauses, resumes, ends at once with the unused time given back, and begins again', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 9 }));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(dialog(page).getByRole('radio', { name: /Keep it/ })).toBeChecked();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Pause now' }).click();
  await expect(currentPlan(page)).toContainText('The rest of the period is kept.');
  expect(await quotaOfApiCalls(page)).toContain('subscription_paused');
  await expectAccessible(page);
  await currentPlan(page).getByRole('button', { name: 'Resume now' }).click();
  await expect(currentPlan(page)).not.toContainText('The rest of the period is kept.');

  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await dialog(page).getByRole('radio', { name: /with the unused time given back/ }).check();
  await expect(dialog(page)).toContainText(/\$\d\d\.\d\d with tax is given back on invoice/);
  await dialog(page).getByLabel(/^Anything you would like to add/).fill('Project has ended');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'End now' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(currentPlan(page)).toContainText('Free');
  const answer = await page.request.get('/api/portal/credit-notes');
  const { payload } = (await answer.json()) as { payload: { items: { totalMinor: number }[] } };
  expect(payload.items).toHaveLength(1);

  await page.getByRole('button', { name: 'Start Pro again' }).click();
  await dialog(page).getByRole('button', { name: 'Upgrade for $29.99' }).click();
  await payForChange(page);
  await expect(currentPlan(page)).toContainText('$29.99 per month');
});

test('a pause whose period is over ends with a new period, once its charge was seen', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 60, pausedDaysAgo: 50 }));
  await page.goto('/subscription');
  await currentPlan(page).getByRole('button', { name: 'Resume now' }).click();
  await expect(dialog(page)).toContainText('a new one begins and is charged now');
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Resume for $29.99' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(currentPlan(page).getByRole('button', { name: 'Resume now' })).toBeHidden();
  expect(await invoiceTotals(page)).toEqual([2999, 2999]);
});

test('a broken connection is told, and trying again charges once', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Upgrade to Enterprise' }).click();
  const confirm = dialog(page).getByRole('button', { name: 'Upgrade for $99.99' });
  await expect(confirm).toBeVisible();
  await page.route('**/subscription', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await confirm.click();
  await expect(dialog(page).getByRole('alert')).toContainText('nothing is charged twice');
  await page.unroute('**/subscription');
  await confirm.dblclick();
  await payForChange(page);
  await expect(currentPlan(page)).toContainText('Enterprise');
  expect(await invoiceTotals(page)).toEqual([9999]);
});

test('an amount that changed meanwhile is shown again before it is charged', async ({ page, context }) => {
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 3 }));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Upgrade to Enterprise' }).click();
  await expect(dialog(page).getByRole('button', { name: /^Upgrade for/ })).toBeVisible();

  const other = await context.newPage();
  await other.goto('/subscription');
  await other.getByRole('button', { name: 'Downgrade to Free' }).click();
  await dialog(other).getByRole('button', { name: /^Schedule for/ }).click();
  await expect(currentPlan(other)).toContainText(/Moves to Free/);

  await dialog(page).getByRole('button', { name: /^Upgrade for/ }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('The amount has changed');
  await expect(dialog(page)).toContainText('The scheduled downgrade is undone.');
  await dialog(page).getByRole('button', { name: /^Upgrade for/ }).click();
  await payForChange(page);
  await expect(currentPlan(page)).toContainText('Enterprise');
});

test('who may not change the plan reads it and is told why', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro', role: 'viewer' }));
  await page.goto('/subscription');
  await expect(page.getByText(/your role here is Viewer/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'Plans' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Upgrade|Downgrade|Cancel subscription|Pay/ })).toHaveCount(0);
});

test('an account without a subscription has its first plan when it is paid: not begun, given up, then with a coupon and paid after a reload', async ({ page }) => {
  await signIn(page, openCustomer({}));
  await page.goto('/subscription');
  await expect(page.getByText('No subscription yet')).toBeVisible();
  const choosePro = async (total: string, coupon = '') => {
    await page.getByRole('button', { name: 'Choose Pro' }).click();
    if (coupon) {
      await dialog(page).getByRole('button', { name: 'I have a coupon' }).click();
      await dialog(page).getByLabel('Coupon code').fill('demo-expired');
      await dialog(page).getByRole('button', { name: 'Apply' }).click();
      await expect(dialog(page).getByRole('alert')).toHaveText('This coupon has expired. Use another one.');
      await dialog(page).getByLabel('Coupon code').fill(coupon);
      await dialog(page).getByRole('button', { name: 'Apply' }).click();
      await expect(dialog(page).getByRole('row', { name: /−\$6\.00|-\$6\.00/ })).toBeVisible();
      await expectAccessible(page);
    }
    await dialog(page).getByRole('button', { name: `Begin for ${total}`, exact: true }).click();
    await expect(dialog(page)).toContainText('Your plan begins the moment the payment has arrived');
    await dialog(page).getByRole('button', { name: 'Close' }).click();
  };
  const awaited = page.getByText(/^Pro waits for your payment of \$\d\d\.99, until /);
  await choosePro('$29.99');
  await expect(awaited).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Do not begin' }).click();
  await expect(awaited).toBeHidden();
  await expect(page.getByText('No subscription yet')).toBeVisible();

  await choosePro('$23.99', 'demo-20');
  await page.reload();
  await expect(awaited).toBeVisible();
  expect(await quotaOfApiCalls(page)).toContain('no_subscription');
  const other = await page.context().newPage();
  await other.goto('/subscription');
  await page.getByRole('button', { name: 'Pay $23.99' }).click();
  await payForChange(page);
  await expect(currentPlan(page)).toContainText('DEMO-20');
  await expect(awaited).toBeHidden();
  expect(await quotaOfApiCalls(page)).toContain('"limit":10000,');
  expect(await invoiceTotals(page)).toEqual([2399, 2999]);
  await expect(currentPlan(other)).toContainText('Pro', { timeout: 40_000 });
});

test("a plan is paid on the provider's page, and the customer comes back to it", async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Upgrade to Pro' }).click();
  await dialog(page).getByRole('button', { name: 'Upgrade for $29.99' }).click();
  await dialog(page).getByRole('radio', { name: 'Stripe’s payment page' }).check();
  await dialog(page).getByRole('button', { name: 'Go to the payment page' }).click();
  await page.waitForURL(/\/_pages\/checkout\//);
  await page.getByRole('link', { name: 'Back' }).click();
  await page.waitForURL(/\/subscription\?checkout=/);
  await expect(page.getByText('Nothing was paid')).toBeVisible();
  await page.getByRole('button', { name: 'Pay $29.99' }).click();
  await dialog(page).getByRole('radio', { name: /^PayPal/ }).check();
  await dialog(page).getByRole('button', { name: 'Go to the payment page' }).click();
  await page.waitForURL(/\/checkoutnow\?/);
  await page.locator('input[value=pays]').check();
  await page.locator('button[value=approve]').click();
  await page.waitForURL(/\/subscription\?checkout=/);
  await expect(page.getByText('The payment has arrived.')).toBeVisible();
  await expect(currentPlan(page)).toContainText('$29.99 per month');
});

test('a customer has Stripe renew the plan and changes the card that it charges', async ({ page }) => {
  await signIn(page, openCustomer({}));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Choose Enterprise' }).click();
  await expect(dialog(page).getByRole('radio', { name: 'Us' })).toBeChecked();
  await dialog(page).getByRole('radio', { name: 'Stripe' }).check();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Continue at Stripe' }).click();
  await payOnProviderPage(page, cards.good);
  await page.waitForURL(/\/subscription\?checkout=/);
  await expect(page.getByText('Renewed by Stripe')).toBeVisible();
  await expect(currentPlan(page)).toContainText('•••• 4242');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await typeCard(page, cards.other);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Store and use it' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(currentPlan(page)).toContainText('•••• 4444');
  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await dialog(page).getByRole('button', { name: 'Cancel subscription' }).click();
  await currentPlan(page).getByRole('button', { name: 'Keep Enterprise' }).click();
  await expect(page.getByRole('button', { name: 'Cancel subscription' })).toBeVisible();
});
