import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../console/run.mjs';
import { liveHolder, takeLock } from '../console/process.mjs';
import { Failure, step } from '../console/steps.mjs';
import { hintCompilation } from './compile-hints';
import { projectRoot } from './project.mjs';
import { filesBelow, fingerprint } from './stamp';
import { inTurn } from './turn.mjs';

/** Two places, so that a build made while a server runs does not take that server's files away. */
const buildFolders = ['.next', '.next-second'];

/** What a build does not depend on. The generated client follows from the schema, the packages from the lock file. */
const outsideBuild = new Set([
  'node_modules', '.git', '.ci', '.data', '.preparing.json', 'e2e', 'bench', 'sandbox', 'scripts', 'docs', 'coverage', 'test-results',
  'playwright-report', 'lib/core/database/generated', 'prisma/migrations', 'prisma/seed', 'lib/testing', 'next-env.d.ts', 'vitest.config.ts',
  'eslint.config.mjs', 'package.json', ...buildFolders, '.next-bench',
]);

function skip(path: string): boolean {
  return outsideBuild.has(path) || /(\.test\.tsx?|\.md|\.tsbuildinfo)$/.test(path) || /^\.(env|git)/.test(path);
}

/** What package.json says besides its commands; the versions of the packages are in the lock file. */
function packageDescription(): string {
  const { scripts: _, ...description } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Record<string, unknown>;
  return JSON.stringify(description);
}

function expectedFingerprint(variables: Record<string, string>): string {
  const publicVariables = Object.entries({ ...process.env, ...variables }).filter(([name]) => name.startsWith('NEXT_PUBLIC_') || name in variables);
  return fingerprint(filesBelow('', skip), [process.versions.node, packageDescription(), ...publicVariables.map((pair) => pair.join('=')).sort()]);
}

function stampOf(folder: string): string {
  return join(projectRoot, folder, 'source.fingerprint');
}

function isCurrent(folder: string, expected: string): boolean {
  return existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === expected;
}

function isServed(folder: string): boolean {
  const path = join(projectRoot, folder);
  if (!existsSync(path)) return false;
  return readdirSync(path).some((name) => name.startsWith('served-by-') && liveHolder(join(path, name)) !== undefined);
}

/** Notes that this process serves a build, so that no other copy builds over it. Returns the release. */
export function markServed(folder: string): () => void {
  const lock = takeLock(join(projectRoot, folder, `served-by-${process.pid}.json`));
  return 'release' in lock ? lock.release : () => undefined;
}

async function build(folder: string, variables: Record<string, string>): Promise<void> {
  rmSync(stampOf(folder), { force: true });
  // Read before the build: a file saved while it runs makes the result stale, as it should.
  const made = expectedFingerprint(variables);
  await mustRun(
    process.execPath,
    ['node_modules/next/dist/bin/next', 'build'],
    'The production build failed: see the lines above.',
    { cwd: projectRoot, timeoutSeconds: 1200, env: { ...variables, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PORTAL_BUILD_DIR: folder } },
  ).catch((error: unknown) => {
    const full = error instanceof Failure && /ENOSPC|No space left/.test(error.details ?? '');
    throw full ? new Failure('The disk is full: free at least 1 GB and start again.') : error;
  });
  hintCompilation(join(projectRoot, folder));
  writeFileSync(stampOf(folder), made);
}

/**
 * Makes the production build when there is none of the present sources. Returns its folder, relative to the root.
 * @param folders where a build may lie
 * @param variables what it is told besides the environment
 */
export async function ensureBuild(folders: readonly string[] = buildFolders, variables: Record<string, string> = {}): Promise<string> {
  const expected = expectedFingerprint(variables);
  const current = (): string | undefined => folders.find((folder) => isCurrent(folder, expected));
  return (
    current() ??
    inTurn(async () => {
      const made = current();
      if (made) return made;
      const folder = folders.find((candidate) => !isServed(candidate));
      if (!folder) throw new Failure('Two running copies hold both build folders: stop one of them, then start again.');
      await step('make the production build', () => build(folder, variables));
      return folder;
    })
  );
}
