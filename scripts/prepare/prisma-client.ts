import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../console/run.mjs';
import { step } from '../console/steps.mjs';
import { projectRoot } from './project.mjs';
import { fingerprint } from './stamp';

const generatedFolder = join(projectRoot, 'lib/core/database/generated');
const stampFile = join(generatedFolder, '.fingerprint');

/** Generates the typed database client when it is missing or the schema changed. */
export async function ensurePrismaClient(): Promise<void> {
  const expected = fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === expected) return;
  await step('generate the database client', async () => {
    await mustRun(
      process.execPath,
      ['node_modules/prisma/build/index.js', 'generate', '--schema', 'prisma/schema.prisma', '--no-hints'],
      'The database client could not be generated from prisma/schema.prisma: see the lines above.',
      {
        cwd: projectRoot,
        timeoutSeconds: 180,
        env: {
          // Generating does not use the schema engine, yet downloads it unless a path to a program is given.
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: 'true',
          CHECKPOINT_DISABLE: '1',
        },
      },
    );
    mkdirSync(generatedFolder, { recursive: true });
    writeFileSync(stampFile, expected);
  });
}
