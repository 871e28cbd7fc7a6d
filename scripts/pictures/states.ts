import pg from 'pg';
import type { Page } from 'playwright';
import type { Camera } from './camera';

/** The skeleton of each page: what the server sends for it is held back while its link is pressed. */
export async function photographLoading({ page, take }: Camera, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path === '/overview' ? '/team' : '/overview');
    await page.waitForLoadState('networkidle');
    const held: (() => void)[] = [];
    const isThePage = (url: URL) => url.pathname === path && url.searchParams.has('_rsc');
    await page.route(isThePage, (route) => new Promise<void>((resolve) => held.push(() => resolve(route.continue()))));
    const link = page.locator(`nav a[href="${path}"]:visible`).first();
    if ((await link.count()) > 0) {
      await link.click();
      await page.locator('main [role=status], main [aria-busy=true]').first().waitFor();
      await take(`${path} loading`);
    }
    for (const release of held) release();
    await page.unroute(isThePage);
  }
}

/** A page whose data cannot be read: its table is away while the picture is taken. */
export async function photographFailure({ page, take }: Camera, databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('ALTER TABLE audit_entry RENAME TO audit_entry_away');
    await page.goto('/audit-log');
    await page.getByRole('alert').or(page.getByRole('heading')).first().waitFor();
    await page.waitForLoadState('networkidle');
    await take('/audit-log failed');
  } finally {
    await client.query('ALTER TABLE audit_entry_away RENAME TO audit_entry');
    await client.end();
  }
}

/** The command palette, and what a press on the person opens. */
export async function photographShell({ page, look, take }: Camera): Promise<void> {
  await page.goto('/overview');
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').first().waitFor();
  await take('palette', false);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  await openPanel(page, look.width < 768 ? 'header' : 'aside');
  await take('person menu', false);
}

async function openPanel(page: Page, place: string): Promise<void> {
  await page.locator(`${place} button[popovertarget]:visible`).last().click();
  await page.locator('[popover]:popover-open').waitFor();
}
