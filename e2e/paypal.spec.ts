import { expect, test } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { cards, openPayable, storeCard } from './support/paying';

test('a wallet is stored on PayPal’s page beside a card, and pays', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await storeCard(page, cards.good);
  await expectClean(page);
  await page.getByRole('button', { name: 'Add with PayPal' }).click();
  await page.waitForURL(/\/agreements\/approve\?/);
  await page.locator('button[value=approve]').click();
  await page.waitForURL(/\/billing\?checkout=/);
  const methods = page.getByRole('table', { name: 'List of payment methods' });
  await expect(methods.getByRole('row', { name: /PayPal/ })).toBeVisible();
  await expect(methods.getByRole('row', { name: /4242/ })).toBeVisible();
  await expectClean(page);

  await openPayable(page);
  await page.getByRole('radio', { name: /^PayPal p•••@buyer/ }).check();
  await page.getByRole('button', { name: /^Pay \$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});

test('an invoice is paid on PayPal’s page, after a decline with another way to pay', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await openPayable(page);
  const pay = async (buyer: string) => {
    await page.getByRole('radio', { name: /^PayPal/ }).check();
    await page.getByRole('button', { name: 'Go to the payment page' }).click();
    await page.waitForURL(/\/checkoutnow\?/);
    await page.locator(`input[value=${buyer}]`).check();
    await page.locator('button[value=approve]').click();
    await page.waitForURL(/\/billing\/inv_[^?]+\?checkout=/);
  };
  await pay('declined');
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Paid');
  await expectClean(page);
  await page.goto(page.url().split('?')[0]!);
  await pay('pays');
  await expect(page.getByText('The payment has arrived.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});
