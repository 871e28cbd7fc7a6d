import { expect, test, type Page } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { cards, typeCard } from './support/paying';

const dialog = (page: Page) => page.getByRole('dialog');
const extras = (page: Page) => page.getByRole('region', { name: 'Seats and add-ons' });
const currentPlan = (page: Page) => page.getByRole('region', { name: 'Current plan' });

async function newestTotal(page: Page): Promise<number | undefined> {
  const answer = await page.request.get('/api/portal/invoices');
  const { payload } = (await answer.json()) as { payload: { items: { totalMinor: number }[] } };
  return payload.items[0]?.totalMinor;
}

test('an owner takes more seats, undoes fewer, uses a coupon and takes it off', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 9 }));
  await page.goto('/subscription');
  const seats = extras(page).getByRole('listitem').filter({ hasText: 'Agent seats' });

  await extras(page).getByRole('button', { name: 'Change Agent seats' }).click();
  await dialog(page).getByLabel('How many').fill('14');
  const confirm = dialog(page).getByRole('button', { name: /^Add for \$\d+\.\d\d$/ });
  const shown = (await confirm.textContent())?.match(/\$(\d+)\.(\d\d)/);
  await expectClean(page);
  await confirm.click();
  await expect(seats).toContainText('14 seats');
  expect(await newestTotal(page)).toBe(Number(`${shown?.[1]}${shown?.[2]}`));
  expect(await (await page.request.get('/api/quota?feature=agent_seats')).text()).toContain('"limit":14,');

  await extras(page).getByRole('button', { name: 'Change Agent seats' }).click();
  await dialog(page).getByLabel('How many').fill('11');
  await dialog(page).getByRole('button', { name: /^Schedule for/ }).click();
  await expect(seats).toContainText(/11 seats from/);
  await seats.getByRole('button', { name: 'Keep 14' }).click();
  await expect(seats).not.toContainText('11 seats');

  const coupon = page.getByRole('region', { name: 'Coupon' });
  await coupon.getByLabel('Coupon code').fill('no-such');
  await coupon.getByRole('button', { name: 'Check' }).click();
  await expect(coupon.getByRole('alert')).toHaveText('There is no coupon with this code. Check how it is spelt.');
  await coupon.getByLabel('Coupon code').fill('demo-expired');
  await coupon.getByRole('button', { name: 'Check' }).click();
  await expect(coupon.getByRole('alert')).toHaveText('This coupon has expired. Use another one.');
  await coupon.getByLabel('Coupon code').fill('demo-20');
  await coupon.getByRole('button', { name: 'Check' }).click();
  await expect(coupon).toContainText(/20% off 3 periods\.\s*First on .+: \$31\.99 instead of \$39\.99/);
  await coupon.getByRole('button', { name: 'Use this coupon' }).click();
  await expect(coupon).toBeHidden();
  await expect(currentPlan(page)).toContainText('DEMO-20');
  await currentPlan(page).getByRole('button', { name: 'Remove' }).click();
  await expect(dialog(page)).toContainText(/Next invoice on .+: \$39\.99 instead of \$31\.99/);
  await expectClean(page);
  await dialog(page).getByRole('button', { name: 'Remove coupon' }).click();
  await expect(currentPlan(page)).not.toContainText('DEMO-20');
});

test('a customer of the free plan tries another, sees what happens then, and pays before the trial ends', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await page.goto('/subscription');
  await page.getByRole('button', { name: 'Begin trial' }).click();
  await expect(dialog(page)).toContainText('the account moves to Free');
  await dialog(page).getByRole('button', { name: 'Begin trial' }).click();
  await expect(currentPlan(page)).toContainText(/Trial until .+No payment method is on file/);
  await expectClean(page);
  await page.getByRole('button', { name: 'End the trial and pay now' }).click();
  await dialog(page).getByRole('button', { name: 'Pay $29.99 and begin' }).click();
  await typeCard(page, cards.good);
  await dialog(page).getByRole('button', { name: /^Store and pay/ }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(currentPlan(page)).not.toContainText('Trial until');
});

test('the billing details that are saved stand on the billing page', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await page.goto('/billing');
  await page.getByRole('region', { name: 'Billing details' }).getByRole('link', { name: 'Change' }).click();
  await page.getByLabel(/^Legal name/).fill('Demo Story Ltd');
  await page.getByLabel(/^Purchase order reference/).fill('PO-4711');
  await page.getByLabel(/^Send invoices to/).fill('one@demo.example, not-an-address');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('One of these is not an e-mail address.')).toBeVisible();
  await page.getByLabel(/^Send invoices to/).fill('one@demo.example; two@demo.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel(/^Send invoices to/)).toHaveValue('one@demo.example, two@demo.example');
  await page.goto('/billing');
  const details = page.getByRole('region', { name: 'Billing details' });
  for (const text of ['Demo Story Ltd', 'PO-4711', 'two@demo.example']) await expect(details).toContainText(text);
  await expectClean(page);
});
