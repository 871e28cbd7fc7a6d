import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '@/scripts/console/run.mjs';

/** The last version that runs on Node 20. It is fetched for the measurement alone: with what it needs it is 185 MB. */
const lighthouse = 'lighthouse@12.8.2';

/**
 * Lighthouse's own two settings, both simulated from what an unhindered visit was seen to do: a phone of middle rank on slow 4G
 * (150 ms, 1.6 Mbit/s, processor slowed down four times) and a desk (40 ms, 10 Mbit/s, processor as it is).
 * https://github.com/GoogleChrome/lighthouse/blob/v12.8.2/core/config/constants.js
 */
export type Device = 'phone' | 'desk';
const settings: Record<Device, readonly string[]> = { phone: [], desk: ['--preset=desktop'] };

/** What one visit of a page with nothing cached was found to cost. */
export interface Findings {
  /** Of 100. */
  performance: number;
  /** Of 100. */
  accessibility: number;
  /** Milliseconds until the largest contentful paint. */
  largestPaint: number;
  /** Milliseconds: what of tasks of the main thread is longer than 50 ms until the page can be used. */
  blocking: number;
  /** Cumulative layout shift, without a unit. */
  shift: number;
  /** Bytes on the way, compressed. */
  script: number;
  /** Bytes on the way, compressed. */
  document: number;
  /** How fast the machine was at that moment, by Lighthouse's benchmark: a desk's has about 1 500 to 2 000. */
  machine: number;
  /** What keeps the accessibility below 100, and where. */
  barriers: string[];
}

interface Audit {
  id: string;
  score: number | null;
  numericValue?: number;
  details?: { items: { resourceType?: string; transferSize?: number; node?: { snippet: string } }[] };
}

interface Report {
  runtimeError?: { message: string };
  finalDisplayedUrl: string;
  environment: { benchmarkIndex: number };
  categories: Record<'performance' | 'accessibility', { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, Audit>;
}

function barriersIn({ categories, audits }: Report): string[] {
  const failed = categories.accessibility.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id]?.score === 0);
  return failed.map(({ id }) => `${id}: ${audits[id]?.details?.items.map(({ node }) => node?.snippet).join(', ')}`);
}

/**
 * One visit by Lighthouse in the browser that listens for its tools at that port, with that browser's cookies.
 * @param keep a file to keep the whole report in, without its ending
 * Throws when the page could not be measured or led elsewhere.
 */
export async function visit(address: string, device: Device, toolsPort: number, keep?: string): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-lighthouse-'));
  const file = keep ?? join(folder, 'report');
  const { output } = await run('npx', [
    '--yes', lighthouse, address, `--port=${toolsPort}`, '--quiet', '--output=json', '--output=html', `--output-path=${file}`,
    '--only-categories=performance', '--only-categories=accessibility', '--no-enable-error-reporting', '--disable-full-page-screenshot', ...settings[device],
  ], { timeoutSeconds: 180 });
  let report: Report;
  try {
    report = JSON.parse(readFileSync(`${file}.report.json`, 'utf8')) as Report;
  } catch {
    throw new Error(`Lighthouse said nothing of ${address}:\n${output}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (report.runtimeError) throw new Error(`Lighthouse could not measure ${address}: ${report.runtimeError.message}`);
  if (report.finalDisplayedUrl !== address) throw new Error(`${address} led to ${report.finalDisplayedUrl}.`);
  const value = (audit: string): number => report.audits[audit]?.numericValue ?? NaN;
  const score = (category: 'performance' | 'accessibility'): number => Math.round((report.categories[category].score ?? NaN) * 100);
  const bytes = (type: string): number =>
    (report.audits['network-requests']?.details?.items ?? []).reduce((sum, { resourceType, transferSize = 0 }) => sum + (resourceType === type ? transferSize : 0), 0);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    largestPaint: value('largest-contentful-paint'),
    blocking: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    script: bytes('Script'),
    document: bytes('Document'),
    machine: report.environment.benchmarkIndex,
    barriers: barriersIn(report),
  };
}
