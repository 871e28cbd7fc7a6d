// `npm run pictures`: photographs the pages of a running portal for the README. With `--all` every page in both themes,
// both languages and three widths, into test-results/pictures, to be looked at. APP_URL names the portal.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { demoCompanies } from '@/prisma/seed/companies';
import { demoPassword } from '@/prisma/seed/password';
import { findBrowser } from './test/browser';

const address = process.env.APP_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const readmePages = ['account', 'subscription', 'usage', 'billing'];
const allPages = ['overview', ...readmePages, 'team', 'api-keys', 'audit-log'];

interface Shot {
  folder: string;
  company: number;
  theme: 'light' | 'dark';
  language: 'en' | 'zh';
  width: number;
  name(page: string): string;
  wholePage: boolean;
}

async function photograph(browser: Browser, shot: Shot): Promise<void> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: shot.width, height: shot.width < 500 ? 780 : 900 }, locale: shot.language === 'zh' ? 'zh-CN' : 'en-US' });
  await context.addCookies([{ name: 'theme', value: shot.theme, url: address }, { name: 'language', value: shot.language, url: address }]);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(demoCompanies[shot.company]?.owner.email ?? '');
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL(/\/overview/);
  for (const name of shot.wholePage ? allPages : readmePages) {
    await page.goto(`/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(shot.folder, `${shot.name(name)}.png`), fullPage: shot.wholePage });
  }
  await context.close();
}

function shots(): Shot[] {
  if (!process.argv.includes('--all')) {
    return [{ folder: 'docs/pictures', company: 1, theme: 'light', language: 'en', width: 1280, name: (page) => page, wholePage: false }];
  }
  const themes = ['light', 'dark'] as const;
  const languages = ['en', 'zh'] as const;
  return themes.flatMap((theme) =>
    languages.flatMap((language) =>
      [360, 768, 1440].map((width) => ({
        folder: 'test-results/pictures', company: language === 'zh' ? 2 : 1, theme, language, width, name: (page: string) => `${page}-${language}-${theme}-${width}`, wholePage: true,
      })),
    ),
  );
}

const program = findBrowser()?.program;
const browser = await chromium.launch({ ...(program && { executablePath: program }), args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [] });
for (const shot of shots()) {
  mkdirSync(shot.folder, { recursive: true });
  await photograph(browser, shot);
}
await browser.close();
