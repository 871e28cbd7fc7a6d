// `npm run pictures`: photographs every page of the portal in both themes, both languages and three widths, as the demo's
// customers see them, its dialogs, and what it looks like while it loads, when it fails and when there is nothing, into
// test-results/pictures, to be looked at; it ends with the flaws that a machine sees. With `--readme` only the README's
// pictures, into docs/pictures. Starts a portal of its own unless APP_URL, and DATA_DIR, name one.
import { mkdirSync, rmSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { openCustomer } from '@/e2e/support/customer';
import { seen } from './pictures/camera';
import { contextFor, emails, picturesFolder, signIn } from './pictures/look';
import { tours, type Tour } from './pictures/tours';
import { demoPortal, type DemoPortal } from './start/demo-portal';
import { findBrowser } from './test/browser';

/** As long as names get, without a place to break it. */
const longName = 'Demo Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlossschlüssellochabdeckung & Söhne (Demonstration) GmbH';
const readmePages = ['/account', '/subscription', '/usage', '/billing'];

async function photographForReadme(browser: Browser, address: string): Promise<void> {
  const context = await contextFor(browser, address, { theme: 'light', language: 'en', width: 1280 });
  const page = await context.newPage();
  await signIn(page, emails.pro);
  for (const path of readmePages) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `docs/pictures${path}.png` });
  }
  await context.close();
}

/** Takes the tours, several at once, and tells of those that did not come to their end. */
async function takeTours(browser: Browser, portal: DemoPortal, waiting: Tour[], atOnce: number): Promise<void> {
  const work = async (): Promise<void> => {
    for (let tour = waiting.shift(); tour; tour = waiting.shift()) {
      const started = performance.now();
      const told = await tour.take(browser, portal).then(() => 'done', (error: unknown) => `ended early: ${String(error)}`);
      console.log(`${tour.name}: ${told} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
      if (told !== 'done') process.exitCode = 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const portal = await demoPortal();
const program = findBrowser()?.program;
const browser = await chromium.launch({ ...(program && { executablePath: program }), args: ['--font-render-hinting=none', ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [])] });
try {
  if (process.argv.includes('--readme')) {
    await photographForReadme(browser, portal.address);
  } else {
    const only = process.argv[2];
    if (!only) rmSync(picturesFolder, { recursive: true, force: true });
    mkdirSync(picturesFolder, { recursive: true });
    process.env.E2E_DATA_DIR = portal.dataDir;
    const newcomer = await openCustomer({});
    const longNamed = await openCustomer({ planKey: 'pro', accountName: longName });
    const wanted = tours({ newcomer: newcomer.email, 'long-named': longNamed.email }).filter(({ name }) => !only || name.includes(only));
    await takeTours(browser, portal, wanted.filter(({ last }) => !last), 3);
    await takeTours(browser, portal, wanted.filter(({ last }) => last), 1);
    for (const flaw of seen) console.log(flaw);
    console.log(`Pictures are in ${picturesFolder}; ${seen.length} flaws were seen.`);
    if (seen.length > 0) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await portal.stop();
}
