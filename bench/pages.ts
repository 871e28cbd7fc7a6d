import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { demoPassword } from '@/prisma/seed/password';
import { freePort } from '@/scripts/postgres/ports';
import { demoPortal } from '@/scripts/start/demo-portal';
import { findBrowser } from '@/scripts/test/browser';
import { median, table, whole } from './engine/measure';
import { visit, type Device, type Findings } from './pages/lighthouse';

/**
 * What each page costs a browser that has nothing of it yet, as Lighthouse finds it on a phone and at a desk: JavaScript and
 * HTML sent, largest contentful paint, blocking time, layout shift, and its scores. Against the production build, started for
 * this unless APP_URL names one; Lighthouse comes from the npm registry. Medians of BENCH_ROUNDS (3) visits, of
 * accessibility the least. BENCH_PAGES names pages, BENCH_DEVICES devices; BENCH_REPORTS is a folder for the whole reports.
 * Measure on a quiet machine: the simulation multiplies what else it does by four.
 */
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const devices = (process.env.BENCH_DEVICES?.split(',') ?? ['phone', 'desk']) as Device[];
const chosen = process.env.BENCH_PAGES?.split(',');
const reports = process.env.BENCH_REPORTS;
/** Of each visit: how fast the machine was. */
const speeds: number[] = [];
const entrance = ['/sign-in', '/docs', '/docs/consumeQuota'];

type Found = Partial<Record<Device, Omit<Findings, 'machine'>>>;

async function signIn(context: BrowserContext, address: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.locator('input[name=email]').fill('owner.pro@demo.example');
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('button[type=submit]').first().click();
  await page.locator('nav a').first().waitFor();
  await page.close();
}

/** What the navigation leads to, and one page of each kind that these lead to. On a wide screen: all links are shown there. */
async function portalPages(context: BrowserContext, address: string): Promise<string[]> {
  const page = await context.newPage();
  const paths = new Set<string>();
  const collect = async (from: string, links: string, most: number): Promise<void> => {
    await page.goto(address + from);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const found = await page.locator(links).evaluateAll((anchors) => anchors.map((anchor) => new URL((anchor as HTMLAnchorElement).href).pathname));
    for (const path of found.slice(0, most)) paths.add(path);
  };
  await collect('/overview', 'nav a', Infinity);
  await collect('/billing', 'a[href^="/billing/inv_"]', 1);
  await collect('/cost-centres', 'a[href^="/cost-centres/"]', 1);
  await page.close();
  return [...paths];
}

/** The portal's door for frames, of an account that lets an origin show its portal. */
async function embedPage(context: BrowserContext, address: string): Promise<string> {
  const answer = await context.request.get(`${address}/api/portal/account`);
  const { payload } = (await answer.json()) as { payload: { id: string } };
  const listed = await context.request.put(`${address}/api/v1/embed/origins`, { data: { origins: ['https://workbench.example'] }, headers: { origin: address } });
  if (!answer.ok() || !listed.ok()) throw new Error(`The portal refused to be shown in a frame: ${await listed.text()}`);
  return `/embed/${payload.id}`;
}

/** The path without ids. */
const nameOf = (path: string): string => path.replace(/(inv|cc|acc)_\w+/, '{id}');

async function measure(address: string, path: string, device: Device, toolsPort: number): Promise<Omit<Findings, 'machine'>> {
  const visits: Findings[] = [];
  while (visits.length < rounds) {
    const keep = reports && join(reports, `${nameOf(path).replaceAll(/\W+/g, '-').replace(/^-/, '')}-${device}-${visits.length + 1}`);
    visits.push(await visit(address + path, device, toolsPort, keep));
    speeds.push(visits.at(-1)?.machine ?? 0);
  }
  const of = (figure: Exclude<keyof Findings, 'barriers' | 'machine'>): number => median(visits.map((one) => one[figure]));
  return {
    performance: of('performance'),
    accessibility: Math.min(...visits.map(({ accessibility }) => accessibility)),
    largestPaint: of('largestPaint'),
    blocking: of('blocking'),
    shift: of('shift'),
    script: of('script'),
    document: of('document'),
    barriers: [...new Set(visits.flatMap(({ barriers }) => barriers))],
  };
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const milliseconds = (time: number): string => time.toFixed(0);

/** The columns of one page. Scripts and document are the same for both devices, so one speaks for both. */
function row(path: string, found: Found): string[] {
  const [any] = Object.values(found);
  const scores = devices.flatMap((device) => {
    const figures = found[device];
    return figures ? [milliseconds(figures.largestPaint), milliseconds(figures.blocking), figures.shift.toFixed(3), String(figures.performance), String(figures.accessibility)] : [];
  });
  return [nameOf(path), any ? kilobytes(any.script) : '', any ? kilobytes(any.document) : '', ...scores];
}

if (reports) mkdirSync(reports, { recursive: true });
const portal = await demoPortal();
const program = findBrowser()?.program;
const profile = mkdtempSync(join(tmpdir(), 'portal-pages-'));
const toolsPort = await freePort();
// One profile for whoever signs in and for Lighthouse, which shares a browser's cookies only then.
const context = await chromium.launchPersistentContext(profile, {
  ...(program && { executablePath: program }),
  args: [`--remote-debugging-port=${toolsPort}`, ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [])],
});
try {
  const results = new Map<string, Found>();
  const measureAll = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths.filter((one) => !chosen || chosen.includes(nameOf(one)))) {
      const found: Found = {};
      await fetch(portal.address + path, { redirect: 'manual' }); // What the server does only once for a page.
      for (const device of devices) found[device] = await measure(portal.address, path, device, toolsPort);
      results.set(path, found);
      console.log(row(path, found).join('  '));
      for (const barrier of new Set(Object.values(found).flatMap(({ barriers }) => barriers))) console.log(`  ${barrier}`);
    }
  };
  await measureAll(entrance);
  await signIn(context, portal.address);
  await measureAll([...(await portalPages(context, portal.address)), await embedPage(context, portal.address)]);
  const columns = devices.flatMap((device) => [`${device}: paint ms`, 'blocking ms', 'shift', 'performance', 'accessibility']);
  console.log(`\nmedians of ${rounds} visits; Lighthouse's benchmark of this machine: ${whole(median(speeds))}`);
  console.log(`${table([['page', 'JavaScript kB', 'HTML kB', ...columns], ...[...results].map(([path, found]) => row(path, found))])}`);
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
  await portal.stop();
}
