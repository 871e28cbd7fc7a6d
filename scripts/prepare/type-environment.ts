import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../console/run.mjs';
import { step } from '../console/steps.mjs';
import { projectRoot } from './project.mjs';
import { filesBelow, fingerprint } from './stamp';

const stampFile = join(projectRoot, '.next/types/.fingerprint');

/** Writes what Next generates for the compiler (`next-env.d.ts`, the types of routes) when the routes changed. */
export async function ensureRouteTypes(): Promise<void> {
  const routes = filesBelow('app').filter((path) => /\/(page|layout|route|default|template)\.tsx?$/.test(path));
  const expected = fingerprint(['next.config.mjs', 'node_modules/next/package.json'], routes);
  const current =
    existsSync(join(projectRoot, 'next-env.d.ts')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === expected;
  if (current || routes.length === 0) return;
  await step('generate the types of the routes', async () => {
    await mustRun(
      process.execPath,
      ['node_modules/next/dist/bin/next', 'typegen'],
      'Next could not generate the types of the routes: see the lines above.',
      { cwd: projectRoot, timeoutSeconds: 180, env: { NEXT_TELEMETRY_DISABLED: '1' } },
    );
    mkdirSync(join(projectRoot, '.next/types'), { recursive: true });
    writeFileSync(stampFile, expected);
  });
}
