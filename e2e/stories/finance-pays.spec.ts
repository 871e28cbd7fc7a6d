import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { expectClean } from '../support/accessible';
import { openCustomer, signIn } from '../support/customer';
import { invitationLink } from '../support/outbox';
import { cards, typeCard } from '../support/paying';
import { inBothLanguages } from '../support/words';

const password = 'demo-portal-2026';

inBothLanguages(({ language, say, dollars }) => {
  test('an owner invites somebody from finance, who joins and pays the open invoice', async ({ page, browser, baseURL, locale, viewport }) => {
    await signIn(page, openCustomer({ planKey: 'pro', language }));
    await page.goto('/team');
    const email = `finance.${randomUUID().slice(0, 8)}@demo.example`;
    const role = say('shell.role_billing');
    await page.getByRole('button', { name: say('team.invite'), exact: true }).click();
    const dialog = page.getByRole('dialog', { name: say('team.inviteTitle') });
    await dialog.getByLabel(say('team.email')).fill('no address');
    await dialog.getByRole('button', { name: say('team.sendInvitation') }).click();
    await expect(dialog.getByText(say('team.emailInvalid'))).toBeVisible();
    await dialog.getByLabel(say('team.email')).fill(email);
    await dialog.getByRole('radio', { name: role }).check();
    await expectClean(page);
    await dialog.getByRole('button', { name: say('team.sendInvitation') }).click();
    await expect(page.getByText(say('team.invited', { email }))).toBeVisible();
    await expect(page.getByRole('table', { name: say('team.invitationsTable') }).getByRole('row').filter({ hasText: email })).toContainText(role);

    const context = await browser.newContext({ baseURL, locale, viewport });
    const finance = await context.newPage();
    const invitation = await invitationLink(finance, email);
    await finance.goto(invitation);
    await expect(finance.getByRole('heading', { level: 1, name: 'Demo' })).toBeVisible();
    await expectClean(finance);
    await finance.getByLabel(say('team.accept.name')).fill('Demo Finance');
    await finance.getByLabel(say('team.accept.password')).fill(password);
    await finance.getByRole('button', { name: say('team.accept.join') }).click();
    await finance.waitForURL('**/overview');

    // The next day they come back and sign in themselves.
    await context.clearCookies();
    await finance.goto('/sign-in');
    await finance.getByLabel(say('auth.email')).fill(email);
    await finance.getByLabel(say('auth.password')).fill(password);
    await finance.getByRole('button', { name: say('auth.submit'), exact: true }).click();
    await expect(finance.getByTestId('money')).toContainText(dollars(29.99));
    await finance.getByTestId('attention').locator('[data-kind="invoices_due"]').getByRole('link', { name: say('overview.pay') }).click();
    await typeCard(finance, cards.good);
    await finance.getByRole('button', { name: say('pay.storeAndPay', { amount: dollars(29.99) }) }).click();
    await expect(finance.getByRole('heading', { level: 1 })).toContainText(say('billing.status_paid'));
    await expectClean(finance);

    // Paying is theirs to do, and inviting others or reading who did what is not.
    await finance.goto('/team');
    await expect(finance.getByRole('table', { name: say('team.membersTable') })).toContainText('Demo Finance');
    await expect(finance.getByRole('button', { name: say('team.invite'), exact: true })).toHaveCount(0);
    await expect(finance.getByRole('link', { name: say('shell.auditLog') })).toHaveCount(0);
    await finance.goto(invitation);
    await expect(finance.getByText(say('team.accept.usedTitle'))).toBeVisible();
    await context.close();
  });
});
