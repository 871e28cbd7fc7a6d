import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The check itself takes seconds on a page with much on it: it lists what is wrong and nothing else. */
const check = (page: Page): AxeBuilder => new AxeBuilder({ page }).exclude('iframe[src*="/_pages/"]').options({ resultTypes: ['violations'] });

/** What is found is looked for again, since a colour that is just changing is between two. */
async function expectNoViolations(checked: () => AxeBuilder): Promise<void> {
  const violations = async () => (await checked().analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  await expect.poll(violations, { timeout: 30_000 }).toEqual([]);
}

/** Whoever cannot see the page can use it. The payment provider's frames are its own business. */
export async function expectAccessible(page: Page): Promise<void> {
  // In the page itself, without a second page that gathers what frames say.
  await expectNoViolations(() => check(page).setLegacyMode());
}

/** The same of a page and the portal in its frame. */
export async function expectAccessibleWithFrames(page: Page): Promise<void> {
  await expectNoViolations(() => check(page));
}

/** Accessible, and nothing sticks out of the page. */
export async function expectClean(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await expectAccessible(page);
}
