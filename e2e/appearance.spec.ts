import AxeBuilder from '@axe-core/playwright';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';

async function prefer(context: BrowserContext, baseURL: string | undefined, preferences: { theme?: string; language?: string }) {
  await context.addCookies(Object.entries(preferences).map(([name, value]) => ({ name, value, url: baseURL })));
}

/** What the browser complains of: blocked scripts and styles, failed hydration, exceptions. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The frame's links are fetched ahead; what they answer is their own pages' business.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

for (const [theme, language, width] of [['light', 'en', 1440], ['dark', 'zh', 360]] as const) {
  test(`every primitive is accessible and fits, ${theme}, ${language}, ${width} px`, async ({ page, context, baseURL }) => {
    test.slow(); // The accessibility check reads a very long page.
    await prefer(context, baseURL, { theme, language });
    await page.setViewportSize({ width, height: 800 });
    const complaints = complaintsOf(page);
    await page.goto('/design');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test('the theme stands in the first byte of the page, so nothing flashes', async ({ context, baseURL }) => {
  await prefer(context, baseURL, { theme: 'dark' });
  const html = await (await context.request.get('/design')).text();
  expect(/<html[^>]*>/.exec(html)?.[0]).toContain('data-theme="dark"');
});

test('without a choice the theme follows the device', async ({ page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/design');
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
});

test('the language is the one the browser asks for until one is chosen', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ locale: 'zh-CN', baseURL });
  const page = await context.newPage();
  await page.goto('/design');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.getByRole('button', { name: /偏好设置/ }).first().click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await context.close();
});

test('the keyboard reaches the content past the navigation, and menus give focus back', async ({ page }) => {
  await page.goto('/design');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();

  const opener = page.getByRole('button', { name: 'Open menu' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Download PDF' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Download PDF' })).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a failure says what happened and can be tried again', async ({ page }) => {
  await page.goto('/design');
  await page.getByRole('button', { name: 'Toast with retry' }).click();
  await expect(page.getByText('The server is busy.')).toBeVisible();
  await page.getByRole('region', { name: /Notifications/ }).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Done')).toBeVisible();
});

test('a button that works ignores further presses and keeps its width', async ({ page }) => {
  await page.goto('/design');
  const button = page.getByRole('button', { name: 'Upgrade plan' }).first();
  const width = (await button.boundingBox())?.width;
  await button.click();
  await expect(button).toHaveAttribute('aria-busy', 'true');
  expect((await button.boundingBox())?.width).toBe(width);
  await expect(button).not.toHaveAttribute('aria-busy');
});
