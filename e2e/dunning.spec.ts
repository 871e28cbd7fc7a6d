import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { cards, storeCard } from './support/paying';

/** Looks at the page anew until the jobs have done their part. */
async function until(page: Page, check: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await check();
  }).toPass({ timeout: 90_000 });
}

const seen = (part: Locator) => () => expect(part).toBeVisible({ timeout: 1_000 });

test('an overdue invoice is charged by itself; a decline is told, and another card is charged at once', async ({ page }) => {
  test.slow(); // The charges are made by jobs.
  await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 20 }));
  await storeCard(page, cards.failsLater);
  const banner = page.getByText('A payment could not be collected');
  await until(page, seen(banner));
  await expect(page.getByRole('link', { name: 'Pay now' })).toBeVisible();
  await expectClean(page);

  await storeCard(page, cards.good);
  await page.getByRole('row', { name: /4242/ }).getByRole('button', { name: 'Make default' }).click();
  await until(page, async () => {
    await expect(page.getByText('No open invoices')).toBeVisible({ timeout: 1_000 });
    await expect(banner).toBeHidden({ timeout: 1_000 });
  });
  await expect(page.getByRole('table', { name: 'List of invoices' })).toContainText('Paid');
});
