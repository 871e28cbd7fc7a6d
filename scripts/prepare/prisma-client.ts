import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../console/run.mjs';
import { step } from '../console/steps.mjs';
import { projectRoot } from './project.mjs';
import { fingerprint } from './stamp';
import { inTurn } from './turn.mjs';

const generatedFolder = join(projectRoot, 'lib/core/database/generated');
const stampFile = join(generatedFolder, '.fingerprint');

async function generate(expected: string): Promise<void> {
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
}

/** Generates the typed database client when it is missing or the schema changed. */
export async function ensurePrismaClient(): Promise<void> {
  const expected = fingerprint(['prisma/schema.prisma', 'node_modules/prisma/package.json']);
  const current = (): boolean => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === expected;
  if (current()) return;
  await inTurn(async () => {
    if (!current()) await step('generate the database client', () => generate(expected));
  });
}
