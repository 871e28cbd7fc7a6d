import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { openCustomer } from './support/customer';

/** Answers the identity provider's page. */
async function answer(page: Page, email: string, { verified = true } = {}) {
  await page.getByRole('checkbox').setChecked(verified);
  await page.getByRole('textbox').fill(email);
  await page.getByRole('button').first().click();
}

test('somebody signs in at their company, is told what is wrong when it is not them, and ends it again', async ({ page }) => {
  const { email } = await openCustomer({ planKey: 'pro' });
  await page.goto('/sign-in?callbackUrl=/usage');
  await page.getByRole('button', { name: 'Continue with Demo SSO' }).click();
  await expect(page.getByRole('heading', { name: 'Demo sign-in' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('You did not sign in at Demo SSO.')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/sign-in?callbackUrl=/usage');
  await page.getByRole('button', { name: 'Continue with Demo SSO' }).click();
  await answer(page, email, { verified: false });
  await expect(page.getByText('Demo SSO does not say that your e-mail address is verified.')).toBeVisible();
  await page.getByRole('button', { name: 'Continue with Demo SSO' }).click();
  await answer(page, 'nobody.here@demo.example');
  await expect(page.getByText('Nobody with your e-mail address at Demo SSO has access to this portal.')).toBeVisible();

  // The way back is kept through all of it.
  await page.getByRole('button', { name: 'Continue with Demo SSO' }).click();
  await answer(page, email);
  await expect(page).toHaveURL(/\/usage$/);

  await page.goto('/account');
  const ways = page.getByRole('region', { name: 'How you sign in' });
  await expect(ways.getByText('Demo SSO')).toBeVisible();
  await expect(page.getByText('linked their sign-in to the identity provider')).toBeVisible();
  await expect(page.getByText('This browser')).toBeVisible();
  await ways.getByRole('button', { name: 'Unlink' }).click();
  const dialog = page.getByRole('dialog', { name: 'Unlink Demo SSO?' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(ways.getByRole('button', { name: 'Unlink' })).toBeFocused();
  await ways.getByRole('button', { name: 'Unlink' }).click();
  await dialog.getByRole('button', { name: 'Unlink' }).click();
  await expect(page.getByText('Demo SSO is unlinked.')).toBeVisible();
  await expect(ways).toHaveCount(0);

  // Who signed in there is signed out there too.
  await page.getByRole('button', { name: /preferences and sign out/ }).first().click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(page.getByText('You are signed out, here and at Demo SSO.')).toBeVisible();
});

test('the way through the identity provider speaks Chinese', async ({ page, context, baseURL }) => {
  const { email } = await openCustomer({ planKey: 'pro', language: 'zh' });
  await context.addCookies([{ name: 'language', value: 'zh', url: baseURL ?? '' }]);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: '使用 Demo SSO 登录' }).click();
  await expect(page.getByRole('heading', { name: '演示登录' })).toBeVisible();
  await answer(page, email);
  await expect(page).toHaveURL(/\/overview$/);
  await page.goto('/account');
  await expect(page.getByRole('region', { name: '登录方式' })).toContainText('Demo SSO');
});
