// `npm run pictures`: photographs every page of the portal in both themes, both languages and three widths, as the demo's
// customers see them, its dialogs, and what it looks like while it loads, when it fails and when there is nothing, into
// test-results/pictures, to be looked at; it ends with the flaws that a machine sees, and fails when there are any. Words after
// it take only the tours whose names hold one of them. With `--readme` only the README's pictures, into docs/pictures. Starts a
// portal of its own unless APP_URL, and DATA_DIR, name one.
import { mkdirSync, rmSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import { seen, taken } from './pictures/camera';
import { contextFor, emails, picturesFolder, signIn } from './pictures/look';
import { tours, type Tour } from './pictures/tours';
import { demoPortal, type DemoPortal } from './start/demo-portal';
import { findBrowser } from './test/browser';

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

/** The tours that the words ask for: all without any. Ends with a sentence on a word that asks for none. */
function chosen(words: readonly string[]): Tour[] {
  const unknown = words.find((word) => !tours.some(({ name }) => name.includes(word)));
  if (unknown === undefined) return tours.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  console.error(`No tour is called "${unknown}". Name a part of one or more of these:\n${tours.map(({ name }) => `  ${name}`).join('\n')}`);
  process.exit(1);
}

async function photographTours(browser: Browser, portal: DemoPortal, wanted: readonly Tour[]): Promise<void> {
  process.env.E2E_DATA_DIR = portal.dataDir;
  if (wanted.length === tours.length) rmSync(picturesFolder, { recursive: true, force: true });
  mkdirSync(picturesFolder, { recursive: true });
  const started = performance.now();
  await takeTours(browser, portal, wanted.filter(({ last }) => !last), 3);
  await takeTours(browser, portal, wanted.filter(({ last }) => last), 1);
  for (const flaw of seen) console.log(flaw);
  const minutes = ((performance.now() - started) / 60_000).toFixed(0);
  console.log(`${taken.size} pictures of ${wanted.length} tours are in ${picturesFolder}, taken in ${minutes} minutes; ${seen.length} flaws were seen.`);
  if (seen.length > 0) process.exitCode = 1;
}

const words = process.argv.slice(2);
const forReadme = words.includes('--readme');
const wanted = forReadme ? [] : chosen(words);
const portal = await demoPortal();
const program = findBrowser()?.program;
const browser = await chromium.launch({ ...(program && { executablePath: program }), args: ['--font-render-hinting=none', ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [])] });
try {
  if (forReadme) await photographForReadme(browser, portal.address);
  else await photographTours(browser, portal, wanted);
} finally {
  await browser.close();
  await portal.stop();
}
