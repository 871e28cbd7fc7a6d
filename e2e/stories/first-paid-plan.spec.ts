import { expect, test } from '@playwright/test';
import { expectClean } from '../support/accessible';
import { openCustomer } from '../support/customer';
import { newestMail } from '../support/outbox';
import { cards, typeCard } from '../support/paying';
import { inBothLanguages } from '../support/words';

inBothLanguages(({ language, say, plan, dollars }) => {
  test('somebody signs in for the first time, chooses a plan and pays for it', async ({ page }) => {
    const { email, apiKey } = await openCustomer({ language });
    await page.goto('/');
    await page.getByLabel(say('auth.email')).fill(email);
    await page.getByRole('button', { name: say('auth.sendLink') }).click();
    await expect(page.getByRole('heading', { name: say('auth.checkEmailTitle') })).toBeVisible();
    await page.getByRole('link', { name: say('auth.openOutbox') }).click();
    await newestMail(page, email, say('auth.mail.subject')).getByRole('link').first().click();
    await page.getByRole('button', { name: say('auth.submit') }).click();

    await expect(page.getByRole('heading', { level: 1, name: say('overview.title') })).toBeVisible();
    await expect(page.getByText(say('overview.noPlan'))).toBeVisible();
    await expectClean(page);
    await page.getByRole('link', { name: say('overview.choosePlan') }).click();
    await expect(page.getByText(say('subscription.none'))).toBeVisible();

    await page.getByRole('button', { name: say('subscription.chooseFor', { plan: plan('pro') }) }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row', { name: say('subscription.dueNow') })).toContainText(dollars(29.99));
    await expectClean(page);
    await dialog.getByRole('button', { name: say('subscription.confirmChoose', { amount: dollars(29.99) }) }).click();
    await typeCard(page, cards.good);
    await expectClean(page);
    await dialog.getByRole('button', { name: say('pay.storeAndPay', { amount: dollars(29.99) }) }).click();
    await expect(dialog).toBeHidden();
    const current = page.getByRole('region', { name: say('subscription.currentPlan') });
    await expect(current).toContainText(plan('pro'));
    await expect(current).toContainText(dollars(29.99));

    // What was bought works at once, and what was paid stands among the invoices.
    const asked = await page.request.get('/api/quota?feature=api_calls', { headers: { authorization: `Bearer ${apiKey}` } });
    expect(await asked.json()).toMatchObject({ payload: { items: [{ limit: 10_000, used: 0 }] } });
    await page.goto('/billing');
    await expect(page.getByRole('table', { name: say('billing.invoiceList') }).getByRole('row').nth(1)).toContainText(say('billing.status_paid'));
    await expect(page.getByRole('table', { name: say('pay.methodList') })).toContainText('•••• 4242');
    await expectClean(page);
  });
});
