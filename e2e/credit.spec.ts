import { expect, test } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { answerBank, cards, payOnProviderPage, storeCard } from './support/paying';

/** Welcome credit is given once a card, whoever stores it: no other spec stores these, and a second try takes the second. */
const neverStored = ['5555555555554444', '2223003122003222'];

test('credit is given with the first card, bought with a stored one, and listed with a running balance', async ({ page }, { retry }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await storeCard(page, neverStored[retry] ?? cards.good);
  const grants = page.getByRole('table', { name: 'What the credit consists of' });
  await expect(grants.getByRole('row', { name: /Welcome credit/ })).toContainText('$50.00');

  await page.getByRole('button', { name: 'Buy credit' }).click();
  await page.getByRole('radio', { name: 'Other' }).check();
  await page.getByLabel('Other amount').fill('1');
  await expect(page.getByText('Give an amount from $5.00 to $10,000.00.')).toBeVisible();
  await page.getByLabel('Other amount').fill('12.50');
  await expectClean(page);
  await page.getByRole('button', { name: 'Pay $12.50' }).click();
  await expect(page.getByText('$12.50 of credit is there.')).toBeVisible();
  await expect(grants.getByRole('row', { name: /Bought/ })).toContainText('$12.50');

  await page.getByRole('link', { name: 'Statement', exact: true }).click();
  const movements = page.getByRole('table', { name: 'List of movements' });
  await expect(movements.getByRole('row', { name: /Bought/ })).toContainText('$62.50');
  await expectClean(page);
});

test('the bank asks for a purchase of credit too, and the provider’s page sells it', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free' }));
  await storeCard(page, cards.alwaysAsks, 'Complete');
  await page.getByRole('button', { name: 'Buy credit' }).click();
  await page.getByRole('radio', { name: '$25.00' }).check();
  await page.getByRole('button', { name: 'Pay $25.00' }).click();
  await answerBank(page, 'Complete');
  await expect(page.getByText('$25.00 of credit is there.')).toBeVisible();

  await page.getByRole('button', { name: 'Buy credit' }).click();
  await page.getByRole('radio', { name: /Stripe’s payment page/ }).check();
  await page.getByRole('button', { name: 'Go to the payment page' }).click();
  await payOnProviderPage(page, cards.good);
  await page.waitForURL(/\/billing\?checkout=/);
  await expect(page.getByText('The payment has arrived.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'What the credit consists of' }).getByRole('row', { name: /Bought/ })).toHaveCount(2);
});

test('the automatic top-up is set, with amounts that can hold', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'free', currency: 'EUR', country: 'DE' }));
  await storeCard(page, cards.good);
  await expect(page.getByText('Off. Credit is not bought automatically.')).toBeVisible();
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByLabel('When less than this is left').fill('10');
  await page.getByLabel('Buy each time').fill('20');
  await page.getByLabel('At most in a calendar month').fill('10');
  await expectClean(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('At most in a calendar month')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('At most in a calendar month').fill('40');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Buys €20.00 when less than €10.00 is left, at most €40.00 in a month.')).toBeVisible();
  await expectClean(page);
});
