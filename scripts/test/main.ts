import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lint, typeCheck } from '../check/main';
import { onStop, stop } from '../console/lifetime.mjs';
import { showFailure } from '../console/steps.mjs';
import { freePort } from '../postgres/ports';
import { ensureBuild } from '../prepare/build';
import { ensurePrismaClient } from '../prepare/prisma-client';
import { ensureRouteTypes } from '../prepare/type-environment';
import { ensureBrowser } from './browser';
import { readReport, runStage, showSummary, type Counts, type Stage, type StageResult } from './stage';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

function vitest(name: string, limitMinutes: number, folder: string): Stage {
  const report = join(folder, `${name}.json`);
  return {
    name,
    limitMinutes,
    program: ['node_modules/vitest/vitest.mjs', 'run', '--project', name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: (): Counts => {
      const counted = readReport<VitestReport>(report);
      return { passed: counted?.numPassedTests ?? 0, failed: counted?.numFailedTests ?? 0 };
    },
  };
}

async function browserStage(folder: string): Promise<Stage> {
  const report = join(folder, 'browser.json');
  const dataDir = join(folder, 'data');
  return {
    name: 'browser',
    limitMinutes: 40,
    program: ['node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', '--pass-with-no-tests', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, E2E_PORT: String(await freePort()), E2E_DATA_DIR: dataDir },
    count: (): Counts => {
      const stats = readReport<PlaywrightReport>(report)?.stats;
      return { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0 };
    },
  };
}

/** Runs a preparation; when it fails, says why and counts as one failed test, so that the other stages still run. */
async function prepared(name: string, work: () => Promise<unknown>): Promise<StageResult[]> {
  const started = performance.now();
  try {
    await work();
    return [];
  } catch (error) {
    showFailure(error);
    return [{ name, passed: 0, failed: 1, seconds: (performance.now() - started) / 1000 }];
  }
}

/** `npm test`: everything from the type check to a real browser. Exit code 1 when anything failed. */
export async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-test-'));
  chmodSync(folder, 0o711); // PostgreSQL may run as another user, who has to pass through.
  onStop(() => rmSync(folder, { recursive: true, force: true }));
  await ensurePrismaClient();
  await ensureRouteTypes();
  const missing = [...(await prepared('browser program', ensureBrowser)), ...(await prepared('build', ensureBuild))];
  const stages: Stage[] = [
    vitest('unit', 15, folder),
    vitest('integration', 35, folder),
    ...(missing.length === 0 ? [vitest('pages', 10, folder), await browserStage(folder)] : []),
  ];
  // Each of the two keeps one core busy; all that follows keeps every core busy by itself.
  const checks = await Promise.all([typeCheck, lint].map((check) => runStage({ ...check, limitMinutes: 10 })));
  const results: StageResult[] = [...missing, ...checks];
  for (const stage of stages) results.push(await runStage(stage));
  await stop(showSummary(results) ? 0 : 1);
}
