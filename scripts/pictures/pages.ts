import type { Page } from 'playwright';
import type { Camera } from './camera';

/** Pages before anybody has signed in. */
export const entrancePages = ['/sign-in', '/sign-in?error=email_unverified', '/check-email', '/invitation?token=unknown', '/sign-in/link?token=unknown', '/payment-return', '/docs', '/docs/no-such-page'];

const usageViews = ['/usage?shape=total', '/usage?view=breakdown', '/usage?view=breakdown&by=cost_centre', '/usage?view=events', '/usage?view=refused'];

async function firstLink(page: Page, from: string, start: string): Promise<string[]> {
  await page.goto(from);
  const href = await page.locator(`main a[href^="${start}"]`).first().getAttribute('href', { timeout: 2_000 }).catch(() => null);
  return href ? [href] : [];
}

/** Every page that the navigation leads to, and one each of those that lead on from them. */
export async function portalPages(page: Page): Promise<string[]> {
  const links = await page.locator('nav a').evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
  const further = [
    ...(await firstLink(page, '/billing', '/billing/inv_')),
    ...(await firstLink(page, '/billing', '/billing/credit-notes/')),
    ...(await firstLink(page, '/cost-centres', '/cost-centres/')),
  ];
  return [...new Set([...links.filter((href) => href.startsWith('/')), ...usageViews, '/billing/credit', ...further, '/no-such-page'])];
}

/** Buttons that open a dialog and do not say so themselves, by how their words begin; those to a provider's own page leave the portal. */
const openingWords = /^(?!.*PayPal)(Upgrade|Downgrade|Switch|Pay|Change|Add|Buy credit|Set up|Invite|Create key|升级|降级|改为|支付|调整|更换|添加|购买余额|设置|邀请成员|新建密钥)/;

/** Opens each dialog of the page in view, and photographs it as it stands on the screen. */
export async function photographOpened({ page, take }: Camera, path: string): Promise<void> {
  const openers = page.locator('main button:visible').and(page.locator('[aria-haspopup=dialog]').or(page.locator('button[type=button]').filter({ hasText: openingWords })));
  const done = new Set<string>();
  for (let index = 0; index < (await openers.count()); index += 1) {
    const opener = openers.nth(index);
    const name = (await opener.innerText()).trim() || String(index);
    if (done.has(name) || !(await opener.isEnabled())) continue;
    done.add(name);
    await opener.click();
    const opened = await page.getByRole('dialog').first().waitFor({ timeout: 10_000 }).then(() => true, () => false);
    if (!opened) continue;
    await page.waitForLoadState('networkidle');
    // What it shows may be worked out first.
    await page.getByRole('dialog').first().locator('[role=status]').waitFor({ state: 'hidden' });
    await take(`${path} opened ${done.size}`, false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  }
}
