import { existsSync, readFileSync } from 'node:fs';
import { green, red } from '../console/steps.mjs';
import { run } from '../console/run.mjs';
import { projectRoot } from '../prepare/project.mjs';

/** How many tests of a stage passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** One part of the test run: a program, run by this Node, that says how it went by its exit code and perhaps a report. */
export interface Stage {
  name: string;
  program: string[];
  limitMinutes: number;
  env?: Record<string, string | undefined>;
  /** Counts the tests from the report that the program left; without it the stage counts as one test. */
  count?: () => Counts;
}

export interface StageResult extends Counts {
  name: string;
  seconds: number;
}

/** Settings of the person who runs the tests must not change what is tested. */
const neutral = Object.fromEntries(
  [
    'PORT', 'DATA_DIR', 'DATABASE_URL', 'ENABLE_CUSTOMER_PORTAL', 'APP_URL', 'SMTP_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'LOG_LEVEL', 'PORTAL_MODE', 'NODE_ENV',
    'STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_API_BASE',
    'PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID', 'PAYPAL_ENVIRONMENT', 'PAYPAL_VERIFY_WEBHOOKS', 'PAYPAL_API_BASE', 'PAYMENT_PROVIDERS',
  ].map((variable) => [variable, undefined]),
);

/** Reads a JSON report; undefined when the program ended before it wrote one. */
export function readReport<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

function countsOf(stage: Stage, succeeded: boolean): Counts {
  if (!stage.count) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const counts = stage.count();
  // A file that does not compile, a server that does not start: no test failed, and yet the stage did.
  return succeeded || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** Runs a stage, showing its output while it comes, and ends it at its time limit. */
export async function runStage(stage: Stage): Promise<StageResult> {
  process.stdout.write(`\n── ${stage.name}\n`);
  const started = performance.now();
  const { code, timedOut } = await run(process.execPath, stage.program, {
    cwd: projectRoot,
    env: { ...neutral, ...stage.env },
    timeoutSeconds: stage.limitMinutes * 60,
    stream: true,
  });
  if (timedOut) process.stdout.write(`${red('✗')} ${stage.name} was ended after ${stage.limitMinutes} minutes.\n`);
  return { name: stage.name, seconds: (performance.now() - started) / 1000, ...countsOf(stage, code === 0) };
}

/** The closing lines: one for each stage, then `N passed, N failed` alone. Returns whether all passed. */
export function showSummary(results: StageResult[]): boolean {
  const width = Math.max(...results.map((result) => result.name.length));
  process.stdout.write('\n');
  for (const { name, passed, failed, seconds } of results) {
    const mark = failed === 0 ? green('✓') : red('✗');
    process.stdout.write(`  ${mark} ${name.padEnd(width)}  ${passed} passed, ${failed} failed  (${seconds.toFixed(0)} s)\n`);
  }
  const total = (key: keyof Counts): number => results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
  return total('failed') === 0;
}
