import type { Browser, Page } from 'playwright';
import { barriers, misfits } from './flaws';
import { contextFor, heightOf, pictureFile, type Look } from './look';

/** A page that photographs itself, and notes what it sees of flaws. */
export interface Camera {
  page: Page;
  look: Look;
  /** Goes to a page of the portal and photographs the whole of it; of the documentation, which is very long, its beginning. */
  visit(path: string): Promise<void>;
  /** Photographs what is there; `whole` with what must be scrolled to. */
  take(what: string, whole?: boolean): Promise<void>;
}

/** Every flaw that was seen, with the picture that shows it. */
export const seen: string[] = [];

/** The file of every picture. */
export const taken = new Set<string>();

/** axe takes longer than the picture: the narrowest and the widest screen show what the one between does. */
const readClosely = ({ width }: Look): boolean => width !== 768;

/** Waits until what is in the page and its frames is on the screen, too. */
async function painted(page: Page): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** A screen as tall as the page: nothing is covered by what sticks to an edge, and what is made once it is seen is there. */
async function fitScreen(page: Page, { width }: Look): Promise<void> {
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(heightOf(width), tall) });
}

/** `expected`: what the console says of a page that is asked for although it does not answer well. */
export function cameraFor(page: Page, look: Look, expected?: RegExp): Camera {
  let complaints: string[] = [];
  page.on('console', (message) => {
    // What was asked for: a page that is not there, and one whose data cannot be read (https://react.dev/errors/441).
    const wanted = message.location().url.includes('no-such-page') || message.text().includes('React error #441') || expected?.test(message.text());
    if (message.type() === 'error' && !wanted) complaints.push(message.text());
  });
  page.on('pageerror', (error) => void complaints.push(error.message));

  async function take(what: string, whole = true): Promise<void> {
    const file = pictureFile(what, look);
    if (whole) await fitScreen(page, look);
    await painted(page);
    await page.screenshot({ path: file });
    taken.add(file);
    if (whole) await page.setViewportSize({ width: look.width, height: heightOf(look.width) });
    const flaws = [...(await misfits(page)), ...(readClosely(look) ? await barriers(page) : []), ...complaints.map((complaint) => `console: ${complaint}`)];
    complaints = [];
    seen.push(...flaws.map((flaw) => `${file}: ${flaw}`));
  }

  async function visit(path: string): Promise<void> {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    const whole = path !== '/docs';
    if (whole) await fitScreen(page, look);
    await page.locator('main .animate-pulse').first().waitFor({ state: 'hidden' });
    await take(path, whole);
  }

  return { page, look, visit, take };
}

/** Walks with one look after the other, each in a browser of its own; `address` is the portal's. */
export async function walkInTurn(browser: Browser, address: string, looks: readonly Look[], walk: (camera: Camera) => Promise<void>, expected?: RegExp): Promise<void> {
  for (const look of looks) {
    const context = await contextFor(browser, address, look);
    await walk(cameraFor(await context.newPage(), look, expected)).finally(() => context.close());
  }
}
