import { expect, test } from '@playwright/test';
import { expectClean } from '../support/accessible';
import { openCustomer, signIn } from '../support/customer';
import { newestMail } from '../support/outbox';
import { cards, typeCard } from '../support/paying';
import { inBothLanguages } from '../support/words';

/** Where the customer is, what they pay in, what Pro costs them by the month, and what is due for it: with tax in China. */
const homes = {
  en: { country: 'US', currency: 'USD', price: '$29.99', due: '$29.99' },
  zh: { country: 'CN', currency: 'CNY', price: '¥199.00', due: '¥210.94' },
};

inBothLanguages(({ language, say, plan, feature }) => {
  const { price, due, ...home } = homes[language];

  test('a developer’s product reaches the limit, the owner is alerted and upgrades, and its calls go through', async ({ page, request, browser, baseURL, locale, viewport }) => {
    const customer = await openCustomer({ planKey: 'free', role: 'developer', language, ...home });
    await signIn(page, customer);
    await page.goto('/api-keys');
    await page.getByRole('button', { name: say('apiKeys.create') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: say('apiKeys.create') }).click();
    await expect(dialog.getByText(say('apiKeys.nameMissing'))).toBeVisible();
    await dialog.getByLabel(say('apiKeys.name')).fill('Demo backend');
    await dialog.getByRole('button', { name: say('apiKeys.create') }).click();
    await expect(dialog.getByText(say('apiKeys.createdText'))).toBeVisible();
    await expectClean(page);
    const key = (await dialog.locator('code').first().textContent()) ?? '';
    await dialog.getByRole('button', { name: say('apiKeys.done') }).click();
    const row = page.getByRole('table', { name: say('apiKeys.activeTable') }).getByRole('row').filter({ hasText: 'Demo backend' });
    await expect(row).toContainText(key.slice(0, 16));
    await expect(page.locator('main')).not.toContainText(key);

    const consume = async (quantity: number) => {
      const answer = await request.post('/api/quota/consume', { headers: { authorization: `Bearer ${key}` }, data: { feature: 'api_calls', quantity } });
      return ((await answer.json()) as { payload: object }).payload;
    };
    expect(await consume(100)).toMatchObject({ allowed: true, used: 100 });
    expect(await consume(1)).toMatchObject({ allowed: false, reason: 'limit_reached' });

    const context = await browser.newContext({ baseURL, locale, viewport });
    const owner = await context.newPage();
    const subject = say('alerts.mail.subject', { account: customer.accountName, percent: 100, feature: feature('api_calls') });
    // A job raises the alert a moment after the call.
    await expect(async () => {
      await owner.goto('/outbox');
      await expect(newestMail(owner, customer.ownerEmail, subject)).toBeVisible({ timeout: 1_000 });
    }).toPass();

    await signIn(owner, { email: customer.ownerEmail });
    await owner.goto('/alerts');
    await expect(owner.getByRole('table', { name: say('alerts.table') })).toContainText(
      say('alerts.said_quota', { feature: feature('api_calls'), percent: 100, used: 100, limit: 100 }),
    );
    await owner.goto('/overview');
    await expectClean(owner);
    await owner.getByTestId('attention').locator('[data-kind="limit_reached"]').getByRole('link', { name: say('overview.seeOptions') }).click();
    await owner.getByRole('button', { name: say('subscription.upgradeTo', { plan: plan('pro') }) }).click();
    const payment = owner.getByRole('dialog');
    await expect(payment.getByRole('row', { name: say('subscription.dueNow') })).toContainText(due);
    await payment.getByRole('button', { name: say('subscription.confirmUpgrade', { amount: due }) }).click();
    await typeCard(owner, cards.good);
    await payment.getByRole('button', { name: say('pay.storeAndPay', { amount: due }) }).click();
    await expect(payment).toBeHidden();
    const current = owner.getByRole('region', { name: say('subscription.currentPlan') });
    await expect(current).toContainText(plan('pro'));
    await expect(current).toContainText(price);
    expect(await consume(1)).toMatchObject({ allowed: true, limit: 10_000 });
    await owner.goto('/billing');
    const invoice = owner.getByRole('table', { name: say('billing.invoiceList') }).getByRole('row').nth(1);
    await expect(invoice).toContainText(due);
    await expect(invoice).toContainText(say('billing.status_paid'));
    await context.close();
  });
});
