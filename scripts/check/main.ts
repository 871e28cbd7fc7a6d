import { green, red, seconds } from '../console/steps.mjs';
import { run } from '../console/run.mjs';
import { ensurePrismaClient } from '../prepare/prisma-client';
import { projectRoot } from '../prepare/project.mjs';
import { ensureRouteTypes } from '../prepare/type-environment';

/** One check of the quick loop: a name and the program (run by this Node) that says yes by exit code 0. */
interface Check {
  name: string;
  program: string[];
}

export const typeCheck: Check = { name: 'types', program: ['node_modules/typescript/bin/tsc', '--noEmit'] };
export const lint: Check = {
  name: 'lint',
  program: ['node_modules/eslint/bin/eslint.js', '.', '--cache', '--cache-location', '.next/cache/eslint/', '--max-warnings', '0'],
};
const unit: Check = {
  name: 'unit',
  program: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--passWithNoTests', '--reporter=dot'],
};

/** Types, lint and unit tests side by side; shows the output of what failed. Exit code 1 when anything did. */
export async function main(): Promise<void> {
  const started = performance.now();
  await ensurePrismaClient();
  await ensureRouteTypes();
  const results = await Promise.all(
    [typeCheck, lint, unit].map(async (check) => {
      const since = performance.now();
      const { code, output } = await run(process.execPath, check.program, { cwd: projectRoot, timeoutSeconds: 300 });
      if (code !== 0) process.stdout.write(`\n${output.trimEnd()}\n`);
      process.stdout.write(`  ${code === 0 ? green('✓') : red('✗')} ${check.name} (${seconds(since)})\n`);
      return code === 0;
    }),
  );
  const failed = results.filter((passed) => !passed).length;
  process.stdout.write(`${results.length - failed} passed, ${failed} failed in ${seconds(started)}\n`);
  process.exit(failed === 0 ? 0 : 1);
}
