import { chromium, type Browser, type Page } from 'playwright';
import { findBrowser } from '../../../../scripts/test/browser';

/**
 * Without the first ones Chromium asks hosts of its maker, or cannot start as root. The last takes the place of
 * Playwright's own list, which would switch off that storage is parted by site as people have it.
 */
const parameters = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=Translate'];

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser()?.program, args: parameters });
}

/** Whatever the page said was wrong: errors of scripts and what its policy forbade. */
export function watchTroubles(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    // The browser itself notes each answer of 4xx, which declines are.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) troubles.push(message.text());
  });
  return troubles;
}
