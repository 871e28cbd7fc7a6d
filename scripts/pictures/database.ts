import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '@/lib/core/database/connect';
import type { DemoPortal } from '../start/demo-portal';

/** Works in the database of a demo's portal, for what no page and no call brings about. */
export function inDatabase<Result>({ dataDir }: DemoPortal, work: Parameters<typeof withConnection<Result>>[1]): Promise<Result> {
  const { databasePassword, databasePort } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as { databasePassword: string; databasePort: number };
  return withConnection(`postgresql://portal:${databasePassword}@127.0.0.1:${databasePort}/portal`, work);
}
