import type { Browser } from 'playwright';
import { demo } from '@/e2e/demo';
import { serveWorkbench } from '@/examples/agent-workbench/serve';
import { demoPortal, type DemoPortal } from '../start/demo-portal';
import { walkInTurn, type Camera } from './camera';
import { inDatabase } from './database';
import { someLooks } from './look';

const portalPages = ['/account', '/billing', '/sign-in'];

/** What products still have, and what they no longer find. Throws where it is otherwise. */
async function askTheApi({ address, dataDir }: DemoPortal): Promise<void> {
  const headers = { authorization: `Bearer ${demo(dataDir).apiKey}` };
  const expected = [['/api/portal/account', 404, 'portal_disabled'], ['/api/quota', 200, 'ok']] as const;
  for (const [path, status, code] of expected) {
    const answer = await fetch(`${address}${path}`, { headers });
    const text = await answer.text();
    if (answer.status !== status || !text.includes(`"${code}"`)) throw new Error(`${path} answered ${answer.status} ${text.slice(0, 200)} where ${status} ${code} was expected.`);
  }
}

async function walkPages({ page, take }: Camera): Promise<void> {
  for (const path of portalPages) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await take(`switched off ${path}`);
  }
  await page.goto('/docs');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await take('switched off /docs', false);
}

/** What stands in a product that still shows the portal's frame. */
async function walkFrame({ page, look, take }: Camera, origin: string): Promise<void> {
  await page.goto(`${origin}/?lang=${look.language}&theme=${look.theme}`);
  await page.getByRole('link', { name: look.language === 'en' ? 'Account & subscription' : '账户与订阅' }).click();
  await page.frameLocator('customer-portal iframe').getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('portal_disabled').waitFor({ state: 'attached' });
  await take('switched off workbench');
}

/** Starts a portal that is switched off, asks its API, and photographs what a customer sees of it. */
export async function photographSwitchedOff(browser: Browser): Promise<void> {
  const portal = await demoPortal({ ENABLE_CUSTOMER_PORTAL: 'false' });
  const access = { url: portal.address, ...demo(portal.dataDir).workbench };
  const workbench = await serveWorkbench(access, { listed: false });
  try {
    await askTheApi(portal);
    // As it was listed while the portal was on.
    await inDatabase(portal, (client) => client.query('UPDATE account SET embed_origins = $1 WHERE id = $2', [[workbench.origin], access.accountId]));
    const walk = async (camera: Camera): Promise<void> => {
      await walkPages(camera);
      await walkFrame(camera, workbench.origin);
    };
    await walkInTurn(browser, portal.address, someLooks('nobody', ''), walk, /status of 404/);
  } finally {
    await workbench.close();
    await portal.stop();
  }
}
