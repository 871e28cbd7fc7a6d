import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseLabel } from '@/lib/core/database/connect';
import type { Settings } from '@/lib/core/settings';
import type { DemoAccess } from '@/prisma/seed';
import { step } from '../console/steps.mjs';

/** The name of the embedded database in the notes: its port may change from start to start. */
function nameOf(settings: Settings): string {
  return settings.databaseUrl ? databaseLabel(settings.databaseUrl) : 'embedded';
}

function notesFile(settings: Settings): string {
  return join(settings.dataDir, 'demo.json');
}

function unfinishedFile(dataDir: string): string {
  return join(dataDir, 'demo.unfinished');
}

/** Whether an earlier start was interrupted while it seeded, so that the demo data is not whole. */
export function isSeedUnfinished(dataDir: string): boolean {
  return existsSync(unfinishedFile(dataDir));
}

/** Forgets an interrupted seed, once its database has been emptied. */
export function forgetUnfinishedSeed(dataDir: string): void {
  rmSync(unfinishedFile(dataDir), { force: true });
}

function readNotes(settings: Settings): DemoAccess | undefined {
  if (!existsSync(notesFile(settings))) return undefined;
  const notes = JSON.parse(readFileSync(notesFile(settings), 'utf8')) as DemoAccess & { database: string };
  return notes.database === nameOf(settings) ? notes : undefined;
}

/**
 * Publishes the catalog and, in a demo whose database has no customers, the demo company. Returns how to get into the
 * demo, kept in `DATA_DIR/demo.json` since the key is stored only as a hash; undefined when this is no demo.
 */
export async function seed(settings: Settings): Promise<DemoAccess | undefined> {
  // Loaded only now: it needs the generated database client and the completed environment.
  const { isEmpty, seedCatalog, seedDemo } = await import('@/prisma/seed');
  await step('publish the catalog', () => seedCatalog());
  if (!settings.demo) return undefined;
  if (!(await isEmpty())) return readNotes(settings);
  return step('seed the demo customers', async (note) => {
    writeFileSync(unfinishedFile(settings.dataDir), '');
    const access: DemoAccess = await seedDemo(undefined, note);
    writeFileSync(notesFile(settings), `${JSON.stringify({ ...access, database: nameOf(settings) }, null, 2)}\n`, { mode: 0o600 });
    forgetUnfinishedSeed(settings.dataDir);
    note(`${access.signIns.length} accounts`);
    return access;
  });
}
