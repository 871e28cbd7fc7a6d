import { expect, test } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { cards, openPayable, payOnProviderPage, typeCard } from './support/paying';

test("an invoice is paid on the provider's page, and what the portal says does not come from the address", async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await openPayable(page);
  await page.getByRole('radio', { name: /Stripe’s payment page/ }).check();
  await page.getByRole('button', { name: 'Go to the payment page' }).click();
  await payOnProviderPage(page, cards.declined);
  await expect(page.getByText(/declined/)).toBeVisible();
  await typeCard(page, cards.good);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.waitForURL(/\/billing\/inv_[^?]+\?checkout=/);
  await expect(page.getByText('The payment has arrived.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
  await expectClean(page);
  await page.reload();
  await expect(page.getByText('The payment has arrived.')).toBeVisible();

  await page.goto('/billing?checkout=co_somebody_elses');
  await expect(page.getByText('We could not find this payment here.')).toBeVisible();
});

test("leaving the provider's page pays nothing, and the invoice can be paid in another way", async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await openPayable(page);
  await page.getByRole('radio', { name: /Stripe’s payment page/ }).check();
  await page.getByRole('button', { name: 'Go to the payment page' }).click();
  await page.waitForURL(/\/_pages\/checkout\//);
  await page.getByRole('link', { name: 'Back' }).click();
  await page.waitForURL(/\?checkout=/);
  await expect(page.getByText('Nothing was paid')).toBeVisible();
  await expectClean(page);
  await page.getByRole('radio', { name: /New payment method/ }).check();
  await typeCard(page, cards.good);
  await page.getByRole('button', { name: /^Store and pay/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});

test("a payment method is stored on the provider's page", async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Add payment method' }).click();
  await page.getByRole('button', { name: 'Add on the provider’s page' }).click();
  await payOnProviderPage(page, cards.good);
  await page.waitForURL(/\/billing\?checkout=/);
  await expect(page.getByText('The payment method is stored.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'List of payment methods' })).toContainText('•••• 4242');
});
