import { chromium, type Browser, type BrowserContext } from 'playwright';
import { demoPassword } from '@/prisma/seed/password';
import { demoPortal } from '@/scripts/start/demo-portal';
import { findBrowser } from '@/scripts/test/browser';

/**
 * What a page costs a browser that has nothing of it yet: JavaScript sent, as it is compressed on the way, with what is
 * loaded late; largest contentful paint and total blocking time (what of tasks of the main thread is longer than 50 ms,
 * until the page is quiet), with the processor slowed down four times. Against the production build, started for this
 * unless APP_URL names one. Times are of this machine; medians of BENCH_ROUNDS (5) visits. BENCH_PAGES names pages.
 */
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const slowdown = 4;
const pages = process.env.BENCH_PAGES?.split(',');

interface Visit {
  bytes: number;
  paint: number;
  blocking: number;
}

/** Collected in the page from its first moment: https://web.dev/articles/tbt, https://web.dev/articles/lcp */
const collector = `
  window.measured = { paint: 0, blocking: 0 };
  new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) window.measured.paint = startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.measured.blocking += Math.max(0, duration - 50); }).observe({ type: 'longtask', buffered: true });
`;

async function visit(context: BrowserContext, address: string): Promise<Visit> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void (scripts.has(requestId) && (bytes += encodedDataLength)));
  await page.addInitScript(collector);
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const { paint, blocking } = await page.evaluate<{ paint: number; blocking: number }>('window.measured');
  await page.close();
  return { bytes, paint, blocking };
}

async function signedIn(browser: Browser, address: string): Promise<{ context: BrowserContext; paths: string[] }> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.locator('input[name=email]').fill('owner.pro@demo.example');
  await page.locator('input[name=password]').fill(demoPassword);
  await page.locator('button[type=submit]').first().click();
  await page.locator('nav a').first().waitFor();
  const paths = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  await page.close();
  return { context, paths: [...new Set(paths)] };
}

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const portal = await demoPortal();
const program = findBrowser()?.program;
const browser = await chromium.launch({ ...(program && { executablePath: program }), args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [] });
try {
  const { context, paths } = await signedIn(browser, portal.address);
  console.log(`medians of ${rounds} visits, nothing cached, processor slowed down ${slowdown} times`);
  console.log(`${'page'.padEnd(24)}${'JavaScript'.padStart(12)}${'largest paint'.padStart(16)}${'blocking time'.padStart(16)}`);
  for (const path of pages ?? paths) {
    const visits: Visit[] = [];
    await visit(context, path); // The server's own first render.
    while (visits.length < rounds) visits.push(await visit(context, path));
    const of = (measure: keyof Visit): number => median(visits.map((one) => one[measure]));
    console.log(`${path.padEnd(24)}${`${(of('bytes') / 1000).toFixed(1)} kB`.padStart(12)}${`${of('paint').toFixed(0)} ms`.padStart(16)}${`${of('blocking').toFixed(0)} ms`.padStart(16)}`);
  }
} finally {
  await browser.close();
  await portal.stop();
}
