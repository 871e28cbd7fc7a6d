import { expect, test } from '@playwright/test';

test('the portal answers and has a title', async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.status()).toBeLessThan(500);
  await expect(page).toHaveTitle(/./);
});
