import type { Browser } from 'playwright';
import { demo } from '@/e2e/demo';
import { openCustomer } from '@/e2e/support/customer';
import type { CustomerWish } from '@/e2e/support/open-customer';
import { serveWorkbench } from '@/examples/agent-workbench/serve';
import type { DemoPortal } from '../start/demo-portal';
import { cameraFor, walkInTurn, type Camera } from './camera';
import { contextFor, emails, everyLook, everyPair, signIn, someLooks, type Look } from './look';
import { archiveOwner } from './many-invoices';
import { entrancePages, photographOpened, portalPages } from './pages';
import { photographFailure, photographLoading, photographShell } from './states';
import { photographSwitchedOff } from './switched-off';
import { walkTeam } from './team';

/** One browser's way through a part of the portal. */
export interface Tour {
  name: string;
  take(browser: Browser, portal: DemoPortal): Promise<void>;
  /** Disturbs the others, so it is taken after them. */
  last?: boolean;
}

const nameOf = (what: string, { customer, language, theme, width }: Look): string => `${what} ${customer} ${language} ${theme} ${width}`;

function tour(what: string, look: Look, walk: (camera: Camera, portal: DemoPortal) => Promise<void>, options: { signedIn?: boolean; last?: boolean; expected?: RegExp } = {}): Tour {
  const { signedIn = true, last = false, expected } = options;
  return {
    name: nameOf(what, look),
    last,
    async take(browser, portal) {
      const context = await contextFor(browser, portal.address, look);
      const page = await context.newPage();
      if (signedIn) await signIn(page, look.email);
      await walk(cameraFor(page, look, expected), portal).finally(() => context.close());
    },
  };
}

async function walkPages(camera: Camera): Promise<void> {
  for (const path of await portalPages(camera.page)) await camera.visit(path);
}

async function walkEntrance(camera: Camera): Promise<void> {
  for (const path of entrancePages) await camera.visit(path);
}

async function walkDialogs(camera: Camera): Promise<void> {
  for (const path of await portalPages(camera.page)) {
    await camera.page.goto(path);
    await camera.page.waitForLoadState('networkidle');
    await photographOpened(camera, path);
  }
  await photographShell(camera);
}

const isListed = (path: string): boolean => /^\/[\w-]+$/.test(path);

/** The page that is in view comes last: nothing is asked for to stay where one is. */
async function walkLoading(camera: Camera): Promise<void> {
  const paths = (await portalPages(camera.page)).filter((path) => isListed(path) && path !== '/no-such-page');
  await camera.page.goto('/overview');
  await camera.page.waitForLoadState('networkidle');
  await photographLoading(camera, camera.page, [...paths.filter((path) => path !== '/overview'), '/overview']);
}

/** The portal in a frame of a product at another site, as it is and on the way from page to page. */
async function walkWorkbench(camera: Camera, origin: string): Promise<void> {
  const { page, look, take } = camera;
  await page.goto(`${origin}/?lang=${look.language}&theme=${look.theme}`);
  await page.getByRole('link', { name: look.language === 'en' ? 'Account & subscription' : '账户与订阅' }).click();
  const frame = page.frameLocator('customer-portal iframe');
  await frame.getByRole('heading', { level: 1 }).waitFor();
  await take('workbench');
  const links = await frame.locator('nav a').evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
  const paths = links.map((href) => href.replace(/^\/embed\/\w+/, ''));
  await photographLoading({ ...camera, take: (what) => take(`workbench ${what}`) }, frame, paths.filter((path) => path !== '/subscription'));
}

/** In one workbench for every look: each that is served is put on the account's list of sites. */
async function photographWorkbench(browser: Browser, { address }: DemoPortal): Promise<void> {
  const workbench = await serveWorkbench({ url: address, ...demo().workbench });
  await walkInTurn(browser, address, someLooks('pro', emails.pro), (camera) => walkWorkbench(camera, workbench.origin)).finally(() => workbench.close());
}

async function walkManyInvoices(camera: Camera): Promise<void> {
  await signIn(camera.page, await archiveOwner());
  for (const path of ['/billing', '/billing?page=501', '/overview']) await camera.visit(path);
}

/** As long as names get, without a place to break it. */
const longName = 'Demo Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlossschlüssellochabdeckung & Söhne (Demonstration) GmbH';
const openedCustomers: Record<string, CustomerWish> = { newcomer: {}, 'long-named': { planKey: 'pro', accountName: longName } };

/** The pages of a customer that is opened for it. */
const pagesOfOpened = (customer: string, wish: CustomerWish): Tour[] =>
  everyPair(customer, '').map((look) =>
    tour(
      'pages',
      look,
      async (camera) => {
        const { email } = await openCustomer(wish);
        await signIn(camera.page, email);
        await walkPages(camera);
      },
      { signedIn: false },
    ),
  );

/** All that is photographed. */
export const tours: readonly Tour[] = [
  ...everyLook('pro', emails.pro).map((look) => tour('pages', look, walkPages)),
  ...(['free', 'enterprise', 'trial'] as const).flatMap((customer) => everyPair(customer, emails[customer])).map((look) => tour('pages', look, walkPages)),
  ...Object.entries(openedCustomers).flatMap(([customer, wish]) => pagesOfOpened(customer, wish)),
  ...someLooks('archive', '').map((look) => tour('invoices', look, walkManyInvoices, { signedIn: false })),
  ...everyLook('nobody', '').map((look) => tour('entrance', look, walkEntrance, { signedIn: false })),
  ...everyLook('pro', emails.pro, [360, 1440]).map((look) => tour('dialogs', look, walkDialogs)),
  ...someLooks('free', emails.free).map((look) => tour('dialogs', look, walkDialogs)),
  ...someLooks('team', '').map((look) => tour('team', look, walkTeam, { signedIn: false })),
  ...someLooks('pro', emails.pro).map((look) => tour('loading', look, walkLoading)),
  { name: 'workbench pro', take: photographWorkbench },
  { name: 'switched off', take: photographSwitchedOff, last: true },
  ...someLooks('pro', emails.pro).map((look) => tour('failure', look, photographFailure, { last: true, expected: /status of 500/ })),
];
