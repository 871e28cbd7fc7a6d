import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withConnection } from '@/lib/core/database/connect';
import { withSchemaEngine } from './schema-engine';

/** Tables that Prisma cannot describe and has to leave alone: the months of a partitioned table. */
async function partitions(databaseUrl: string): Promise<string[]> {
  return withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('select relname as name from pg_class where relispartition and relkind = $1', ['r']);
    return rows.map(({ name }) => `public.${name}`);
  });
}

/** The SQL that leads from a migrated database to `prisma/schema.prisma`; empty when they agree. */
export async function schemaDifference(databaseUrl: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: readFileSync(resolve('prisma/schema.prisma'), 'utf8') }];
  const externalTables = await partitions(databaseUrl);
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: resolve('prisma') },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables, externalEnums: [] },
    }),
  );
  return (stdout ?? '').replace(/^-- This is an empty migration\.\s*/, '').trim();
}
