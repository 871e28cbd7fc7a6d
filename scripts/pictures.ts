// `npm run pictures`: photographs every page of the portal in both themes, both languages and three widths, as the demo's
// customers see them, into test-results/pictures, to be looked at. With `--readme` only the README's pictures, into
// docs/pictures. Starts a portal of its own unless APP_URL names one.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { demoPassword } from '@/prisma/seed/password';
import { demoPortal } from './start/demo-portal';
import { findBrowser } from './test/browser';

interface Look {
  company: 'free' | 'pro' | 'enterprise';
  theme: 'light' | 'dark';
  language: 'en' | 'zh';
  width: number;
}

const readmePages = ['/account', '/subscription', '/usage', '/billing'];
const folder = 'test-results/pictures';
/** Pages before anybody has signed in. */
const entrance = ['/sign-in', '/sign-in?error=email_unverified', '/check-email'];
/** So many browsers work at once. */
const atOnce = 3;

const emails = { free: 'owner.free@demo.example', pro: 'owner.pro@demo.example', enterprise: 'owner.enterprise@demo.example' };

function contextFor(browser: Browser, address: string, { theme, language, width }: Look): Promise<BrowserContext> {
  const cookie = (name: string, value: string) => ({ name, value, domain: new URL(address).hostname, path: '/', expires: -1, httpOnly: false, secure: false, sameSite: 'Lax' as const });
  return browser.newContext({
    baseURL: address,
    viewport: { width, height: width < 500 ? 780 : 900 },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    reducedMotion: 'reduce',
    storageState: { cookies: [cookie('theme', theme), cookie('language', language)], origins: [] },
  });
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function photograph(page: Page, path: string, file: string, wholePage: boolean): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file, fullPage: wholePage });
}

/** Every page that the navigation leads to, and the newest invoice. */
async function portalPages(page: Page): Promise<string[]> {
  const links = await page.locator('nav a').evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
  await page.goto('/billing');
  const invoice = await page.locator('a[href^="/billing/inv_"]').first().getAttribute('href', { timeout: 5_000 }).catch(() => null);
  const pages = new Set([...links.filter((href) => href.startsWith('/')), '/billing/credit']);
  return [...pages, ...(invoice ? [invoice] : [])];
}

const fileName = (path: string, { company, theme, language, width }: Look): string => {
  const page = path.replace(/inv_\w+/, 'invoice').replaceAll(/[^\w-]+/g, ' ').trim().replaceAll(' ', '-') || 'home';
  return join(folder, `${page}-${company}-${language}-${theme}-${width}.png`);
};

async function photographAll(browser: Browser, address: string, look: Look): Promise<void> {
  const context = await contextFor(browser, address, look);
  const page = await context.newPage();
  if (look.company === 'pro') for (const path of entrance) await photograph(page, path, fileName(path, look), true);
  await signIn(page, emails[look.company]);
  for (const path of await portalPages(page)) await photograph(page, path, fileName(path, look), true);
  await context.close();
}

/** The English customer with a history in every look; the one on the free plan, with little to show, and the large one in their languages. */
function looks(): Look[] {
  const themes = ['light', 'dark'] as const;
  const every = themes.flatMap((theme) => (['en', 'zh'] as const).flatMap((language) => [360, 768, 1440].map((width): Look => ({ company: 'pro', theme, language, width }))));
  const others = [360, 1440].flatMap((width): Look[] => [
    { company: 'free', theme: 'light', language: 'en', width },
    { company: 'enterprise', theme: 'light', language: 'zh', width },
  ]);
  return [...every, ...others];
}

async function photographForReadme(browser: Browser, address: string): Promise<void> {
  const context = await contextFor(browser, address, { company: 'pro', theme: 'light', language: 'en', width: 1280 });
  const page = await context.newPage();
  await signIn(page, emails.pro);
  for (const path of readmePages) await photograph(page, path, `docs/pictures${path}.png`, false);
  await context.close();
}

const portal = await demoPortal();
const program = findBrowser()?.program;
const browser = await chromium.launch({ ...(program && { executablePath: program }), args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [] });
try {
  if (process.argv.includes('--readme')) {
    await photographForReadme(browser, portal.address);
  } else {
    mkdirSync(folder, { recursive: true });
    const waiting = looks();
    const work = async (): Promise<void> => {
      for (let look = waiting.shift(); look; look = waiting.shift()) await photographAll(browser, portal.address, look);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    console.log(`Pictures are in ${folder}.`);
  }
} finally {
  await browser.close();
  await portal.stop();
}
