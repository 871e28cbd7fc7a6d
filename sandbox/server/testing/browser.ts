import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { findBrowser } from '../../../scripts/test/browser';

/**
 * Without the first ones Chromium asks hosts of its maker, or cannot start as root. The last takes the place of
 * Playwright's own list, which would switch off that storage is parted by site as people have it.
 */
const parameters = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=Translate'];

function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser()?.program, args: parameters });
}

/** Whatever the page said was wrong: errors of scripts and what its policy forbade. */
function watchTroubles(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // The browser itself notes each answer of 4xx, which declines are.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text());
  });
  return troubles;
}

/** What a browser test sees: a page of its own for each test, in one browser, beside a shop that uses the sandbox. */
export interface Visit<Shop> {
  shop: Shop;
  browser: Browser;
  page: Page;
}

/** Opens the shop and a browser for a file of tests, and a page for each. A page that said that something was wrong fails its test. */
export function useShop<Shop extends { close(): Promise<void> }>(startShop: () => Promise<Shop>): Visit<Shop> {
  const visit = {} as Visit<Shop>;
  let troubles: string[];
  beforeAll(async () => {
    visit.shop = await startShop();
    visit.browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await visit.browser?.close();
    await visit.shop?.close();
  });
  beforeEach(async () => {
    visit.page = await (await visit.browser.newContext({ locale: 'en-US' })).newPage();
    visit.page.setDefaultTimeout(15_000);
    troubles = watchTroubles(visit.page);
  });
  afterEach(async () => {
    await visit.page.context().close();
    expect(troubles).toEqual([]);
  });
  return visit;
}
