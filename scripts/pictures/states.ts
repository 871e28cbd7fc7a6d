import type { FrameLocator, Page } from 'playwright';
import type { DemoPortal } from '../start/demo-portal';
import type { Camera } from './camera';
import { inDatabase } from './database';

/** The skeleton of each page that `place`, the portal itself or its frame, leads to: what the server sends for it is held back while its link is pressed. */
export async function photographLoading({ page, take }: Camera, place: Page | FrameLocator, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const held: (() => void)[] = [];
    const isThePage = (url: URL) => url.pathname.endsWith(path) && url.searchParams.has('_rsc');
    await page.route(isThePage, (route) => new Promise<void>((resolve) => held.push(() => resolve(route.continue()))));
    const link = place.locator(`nav a[href$="${path}"]`).filter({ visible: true }).first();
    // On a phone the other pages are behind "More".
    if (!(await link.isVisible())) await place.locator('nav button[popovertarget]:visible').click();
    await link.click();
    const skeleton = place.locator('main > [role=status]');
    await skeleton.waitFor();
    await take(`${path} loading`);
    for (const release of held) release();
    await page.unroute(isThePage);
    await skeleton.waitFor({ state: 'hidden' });
  }
}

/** A page whose data cannot be read: its table is away while the picture is taken. */
export async function photographFailure({ page, take }: Camera, portal: DemoPortal): Promise<void> {
  await inDatabase(portal, async (client) => {
    await client.query('ALTER TABLE audit_entry RENAME TO audit_entry_away');
    try {
      await page.goto('/audit-log');
      await page.getByRole('alert').or(page.getByRole('heading')).first().waitFor();
      await page.waitForLoadState('networkidle');
      await take('/audit-log failed');
    } finally {
      await client.query('ALTER TABLE audit_entry_away RENAME TO audit_entry');
    }
  });
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
