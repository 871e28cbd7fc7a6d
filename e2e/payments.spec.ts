import { expect, test } from '@playwright/test';
import { expectClean } from './support/accessible';
import { openCustomer, signIn } from './support/customer';
import { answerBank, cards, openPayable, readPayable, storeCard, tellSandbox, typeCard } from './support/paying';

test('a card is stored, preferred and removed, with a word about the last one', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await page.goto('/billing');
  await expect(page.getByText('Demo payments: no real money').first()).toBeVisible();
  await expect(page.getByText('No payment method yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add payment method' }).click();
  await typeCard(page, cards.declined);
  await expectClean(page);
  await page.getByRole('button', { name: 'Store', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'It could not be stored' })).toContainText('The bank declined the card');
  await typeCard(page, cards.good);
  await page.getByRole('button', { name: 'Store', exact: true }).click();
  const methods = page.getByRole('table', { name: 'List of payment methods' });
  await expect(methods.getByRole('row', { name: /Visa •••• 4242/ })).toContainText('Default');
  await expect(page.getByRole('dialog')).toBeHidden();

  await storeCard(page, cards.alwaysAsks, 'Complete');
  const other = methods.getByRole('row', { name: /3184/ });
  await other.getByRole('button', { name: 'Make default' }).click();
  await expect(other).toContainText('Default');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(methods.getByRole('row', { name: /4242/ })).toContainText('Default');
  await expectClean(page);

  await other.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(other).toBeHidden();
  await methods.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('It is your last payment method');
  await expectClean(page);
  await page.getByRole('button', { name: 'Remove anyway' }).click();
  await expect(page.getByText('No payment method yet')).toBeVisible();
});

test('an invoice is paid with a card that is entered and stored on the way', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await readPayable(page);
  const choose = page.getByRole('button', { name: 'Choose how to pay' });
  await expect(choose).toBeVisible();
  await expectClean(page);
  // Nothing is asked of the provider, and of our own code for it, before somebody wants to pay.
  expect(page.frames()).toHaveLength(1);
  await page.context().setOffline(true);
  await choose.click();
  await expect(page.getByRole('alert').filter({ hasText: 'The ways to pay could not be loaded' })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('radio', { name: /New payment method/ })).toBeFocused();
  await expect(choose).toBeHidden();
  await typeCard(page, cards.good);
  await expectClean(page);
  await page.getByRole('button', { name: /^Store and pay \$/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
  await expect(page.getByRole('heading', { name: 'Pay this invoice' })).toBeHidden();
  await page.goto('/billing');
  await expect(page.getByRole('table', { name: 'List of payment methods' })).toContainText('Visa •••• 4242');
});

test('a card that cannot be charged says why and leaves the choice of another', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await storeCard(page, cards.failsLater);
  await openPayable(page);
  await page.getByRole('button', { name: /^Pay \$/ }).click();
  const failure = page.getByText('The payment did not go through');
  await expect(failure).toBeVisible();
  await expect(page.getByText('Nothing was charged.')).toBeVisible();
  await page.reload();
  await expect(failure).toBeVisible();
  await expectClean(page);
  await page.getByRole('radio', { name: /New payment method/ }).check();
  await typeCard(page, cards.good);
  await page.getByRole('button', { name: /^Store and pay/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});

test('the bank asks: a payment that is confirmed goes through, one that is not does not, and the page remembers over a reload', async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await storeCard(page, cards.alwaysAsks, 'Complete');
  await readPayable(page);
  const pay = page.getByRole('button', { name: /^Pay \$/ });
  await pay.click();
  await expect(page.getByText('Confirm with your bank')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Your bank waits for your confirmation')).toBeVisible();
  await expectClean(page);
  await page.getByRole('button', { name: 'Confirm the payment' }).click();
  await answerBank(page, 'Fail');
  await expect(page.getByText('The payment did not go through')).toBeVisible();
  await expect(page.getByText('The payment was not confirmed.')).toBeVisible();
  await pay.click();
  await answerBank(page, 'Complete');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});

test('while the provider is away the page says so, and goes on when it is back', { tag: '@alone' }, async ({ page }) => {
  await signIn(page, openCustomer({ planKey: 'pro' }));
  await tellSandbox(page, 'POST', '/faults', { match: { method: 'POST', path: '^/v1/(customers|setup_intents)' }, fault: 'cut_before', times: 50 });
  try {
    await openPayable(page);
    await expect(page.getByText('The payment provider cannot be reached')).toBeVisible({ timeout: 60_000 });
    await expectClean(page);
  } finally {
    await tellSandbox(page, 'DELETE', '/faults');
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await typeCard(page, cards.good);
  await page.getByRole('button', { name: /^Store and pay/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paid');
});
