import { expect, type FrameLocator, type Page } from '@playwright/test';
import type { PortalAccess } from '../../examples/agent-workbench/portal';
import { serveWorkbench, type Workbench } from '../../examples/agent-workbench/serve';
import { demo } from '../demo';
import type { Customer } from './customer';
import type { Words } from './words';

/** What a workbench's backend knows of the portal and the customer. */
export function accessOf(baseURL: string | undefined, { accountId, email }: Customer): PortalAccess {
  return { url: baseURL ?? '', apiKey: demo().workbench.apiKey, accountId, email };
}

/** Starts a workbench for a customer: `workbench.localhost` is another site than `localhost`. Close it afterwards. */
export function workbenchOf(baseURL: string | undefined, customer: Customer, options: Parameters<typeof serveWorkbench>[1] = {}): Promise<Workbench> {
  return serveWorkbench(accessOf(baseURL, customer), options);
}

export const portalIn = (page: Page): FrameLocator => page.frameLocator('customer-portal iframe');

/** Goes to the portal by the workbench's sidebar. */
export async function askForPortal(page: Page, { origin }: Workbench, language: Words['language'] = 'en'): Promise<FrameLocator> {
  await page.goto(`${origin}/?lang=${language}`);
  await page.locator('a[href="#account"]').click();
  return portalIn(page);
}

/** The same, until the portal is there. */
export async function openPortal(page: Page, workbench: Workbench, { language, say }: Pick<Words, 'language' | 'say'>): Promise<FrameLocator> {
  const portal = await askForPortal(page, workbench, language);
  await expect(portal.getByRole('heading', { level: 1, name: say('subscription.title') })).toBeVisible({ timeout: 60_000 });
  return portal;
}
