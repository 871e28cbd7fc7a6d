import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './support/browser';

const port = Number(process.env.E2E_PORT ?? 4273);
/** A server that runs already; without one the tests start the production build themselves. */
const running = process.env.E2E_BASE_URL;
const dataDir = process.env.E2E_DATA_DIR ?? join(tmpdir(), `portal-e2e-${port}`);
process.env.E2E_DATA_DIR = dataDir; // Specs read the demo's sign-ins from there.
mkdirSync(dataDir, { recursive: true });
const logFile = join(dataDir, 'portal.log');

const alone = /@alone/;

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'stories', testIgnore: 'afterwards/**', grepInvert: alone },
    // What would disturb the others, such as a payment provider that is away.
    { name: 'alone', testIgnore: 'afterwards/**', grep: alone, workers: 1, dependencies: ['stories'] },
    // What the stories must not have left behind; only of a server that was started for them.
    ...(running ? [] : [{ name: 'afterwards', testMatch: 'afterwards/**', dependencies: ['alone'] }]),
  ],
  outputDir: '../test-results',
  // The specs share one server and its demo company: a test that changes an account opens one of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // A second try tells a slow machine from a broken product; what needed it is listed as flaky.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: running ?? `http://localhost:${port}`,
    locale: 'en-US',
    timezoneId: 'UTC',
    // Recording costs time, so only what failed once is recorded.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions,
  },
  webServer: running
    ? undefined
    : {
        command: `node e2e/support/serve.mjs "${logFile}"`,
        cwd: join(import.meta.dirname, '..'),
        port,
        timeout: 600_000,
        stdout: 'pipe',
        gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
        // An empty variable counts as unset: the tests run with the defaults whatever the shell has.
        env: { PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: '', APP_URL: '', SMTP_URL: '', STRIPE_SECRET_KEY: '', STRIPE_PUBLISHABLE_KEY: '', STRIPE_WEBHOOK_SECRET: '', STRIPE_API_BASE: '', PAYPAL_CLIENT_ID: '', PAYPAL_CLIENT_SECRET: '', PAYPAL_WEBHOOK_ID: '', PAYPAL_ENVIRONMENT: '', PAYPAL_API_BASE: '', PAYMENT_PROVIDERS: '', PROVIDER_RENEWS: 'enterprise', OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '', OIDC_NAME: '', ENABLE_CUSTOMER_PORTAL: '', PORTAL_MODE: '', NODE_ENV: 'production', LOG_LEVEL: 'debug', DESIGN_PAGE: 'true' },
      },
});
