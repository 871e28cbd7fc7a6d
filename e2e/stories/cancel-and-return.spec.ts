import { expect, test } from '@playwright/test';
import { expectClean } from '../support/accessible';
import { openCustomer, signIn } from '../support/customer';
import { inBothLanguages } from '../support/words';

inBothLanguages(({ language, say, plan }) => {
  test('a customer cancels with a reason, sees until when the plan is theirs, and comes back', async ({ page }) => {
    await signIn(page, openCustomer({ planKey: 'pro', daysAgo: 9, language }));
    await page.goto('/subscription');
    const current = page.getByRole('region', { name: say('subscription.currentPlan') });
    const keep = say('subscription.keepPlan', { plan: plan('pro') });
    const cancel = page.getByRole('button', { name: say('subscription.cancel'), exact: true });
    await cancel.click();
    const dialog = page.getByRole('dialog', { name: say('subscription.cancelTitle', { plan: plan('pro') }) });
    await dialog.getByLabel(say('subscription.cancelCause')).selectOption(say('subscription.cancelCause_too_expensive'));
    await dialog.getByLabel(say('subscription.cancelReason')).fill('Demo reason');
    await expectClean(page);
    await dialog.getByRole('button', { name: say('subscription.cancelConfirm') }).click();
    await expect(dialog).toBeHidden();
    await expect(current.getByRole('button', { name: keep })).toBeVisible();
    await expect(current).toContainText(plan('free'));
    await expectClean(page);

    await page.goto('/audit-log?group=subscription');
    await page.getByRole('list', { name: say('auditLog.list') }).locator('summary').first().click();
    await expect(page.getByText(say('subscription.cancelCause_too_expensive'))).toBeVisible();
    await expect(page.getByText('Demo reason')).toBeVisible();

    await page.goto('/overview');
    await page.getByTestId('attention').locator('[data-kind="cancellation_scheduled"]').getByRole('link', { name: say('overview.keep') }).click();
    await current.getByRole('button', { name: keep }).click();
    await expect(current.getByRole('button', { name: keep })).toBeHidden();
    await expect(cancel).toBeVisible();
    const { payload } = (await (await page.request.get('/api/portal/invoices')).json()) as { payload: { items: object[] } };
    expect(payload.items).toHaveLength(1);
  });
});
