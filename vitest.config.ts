import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import LongestFirst from './scripts/test/longest-first';

const root = fileURLToPath(new URL('.', import.meta.url));
const outside = ['node_modules/**', '.next*/**', '.data/**', 'dist/**'];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The package throws outside a server build, which a test run is not.
      { find: 'server-only', replacement: 'server-only/empty.js' },
    ],
  },
  test: {
    sequence: { sequencer: LongestFirst },
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      AUTH_SECRET: 'only-for-tests-only-for-tests-only',
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...outside, '**/*.integration.test.ts', '**/*.browser.test.ts'],
          // Loading the modules anew for each file took four times as long as the tests themselves.
          isolate: false,
          // Two at least: some files wait for what times out.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['**/*.browser.test.ts'],
          exclude: outside,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: outside,
          pool: 'forks',
          // As above: loading the modules for each file took nearly as long as the tests. `useTestDatabase` leaves nothing of a file behind.
          isolate: false,
          // Two at least: each file waits for its own database half of the time.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          globalSetup: ['scripts/test/database-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
