import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { demoPassword } from '@/prisma/seed/password';

/** Who looks, and how. */
export interface Look {
  /** A demo's customer, or one that was opened for the pictures: part of the files' names. */
  customer: string;
  email: string;
  theme: 'light' | 'dark';
  language: 'en' | 'zh';
  width: number;
}

export const picturesFolder = 'test-results/pictures';
export const emails = { free: 'owner.free@demo.example', pro: 'owner.pro@demo.example', enterprise: 'owner.enterprise@demo.example', trial: 'owner.trial@demo.example' };
const themes = ['light', 'dark'] as const;
const languages = ['en', 'zh'] as const;
export const widths = [360, 768, 1440];

/** One customer in both themes, both languages and the given widths. */
export const everyLook = (customer: string, email: string, wide: readonly number[] = widths): Look[] =>
  themes.flatMap((theme) => languages.flatMap((language) => wide.map((width) => ({ customer, email, theme, language, width }))));

/** A phone in the light and a desk in the dark, in both languages: for what stands beside the pages. */
export const someLooks = (customer: string, email: string): Look[] =>
  languages.flatMap((language): Look[] => [
    { customer, email, theme: 'light', language, width: 360 },
    { customer, email, theme: 'dark', language, width: 1440 },
  ]);

/** Every width in both themes and both languages, without every three of them together: for the same pages of another customer. */
export const everyPair = (customer: string, email: string): Look[] =>
  widths.flatMap((width, nth): Look[] => {
    const crossed = nth % 2 === 1;
    return [
      { customer, email, theme: crossed ? 'dark' : 'light', language: 'en', width },
      { customer, email, theme: crossed ? 'light' : 'dark', language: 'zh', width },
    ];
  });

/** How tall the screen of that width is. */
export const heightOf = (width: number): number => (width < 500 ? 780 : 900);

/** A browser of its own for a look; `address` is the portal's. */
export function contextFor(browser: Browser, address: string, { theme, language, width }: Omit<Look, 'customer' | 'email'>): Promise<BrowserContext> {
  const cookie = (name: string, value: string) => ({ name, value, domain: new URL(address).hostname, path: '/', expires: -1, httpOnly: false, secure: false, sameSite: 'Lax' as const });
  return browser.newContext({
    baseURL: address,
    viewport: { width, height: heightOf(width) },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    colorScheme: theme,
    reducedMotion: 'reduce',
    storageState: { cookies: [cookie('theme', theme), cookie('language', language)], origins: [] },
  });
}

export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** Where a picture is kept; `what` is a path of the portal or words of one's own. */
export function pictureFile(what: string, { customer, theme, language, width }: Look): string {
  const words = what.replace(/\b(inv|crn|cn|cc)_\w+/g, '$1').replaceAll(/[^\p{L}\p{N}-]+/gu, ' ').trim().replaceAll(' ', '-') || 'home';
  return join(picturesFolder, `${words}-${customer}-${language}-${theme}-${width}.png`);
}
