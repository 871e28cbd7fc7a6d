import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type QueryResult } from 'pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

interface Bindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(instance: WebAssembly.Exports): void;
}

/** PostgreSQL's one-letter type, which only its own catalog tables use, and the type to read it as. */
const internalCharacter = 18;
const text = 25;

/**
 * An adapter that also reads the catalog's one-letter columns, which Prisma's adapter refuses and its engine asks for.
 */
function catalogAdapter(pool: Pool): PrismaPg {
  const letters = new Set<string>();
  const query = pool.query.bind(pool) as (...parameters: unknown[]) => Promise<QueryResult>;
  Object.assign(pool, {
    query: async (...parameters: unknown[]): Promise<QueryResult> => {
      const result = await query(...parameters);
      for (const field of result.fields ?? []) {
        if (field.dataTypeID !== internalCharacter) continue;
        field.dataTypeID = text;
        letters.add(field.name);
      }
      return result;
    },
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      letters.clear();
      const result = await queryRaw(statement);
      const columnTypes = result.columnTypes.map((type, column) =>
        letters.has(result.columnNames[column] ?? '') ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return factory;
}

async function loadBindings(): Promise<Bindings> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => process.stderr.write(`${message}\n`) } });
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const file = join(folder, 'schema_engine_bg.js');
  const bindings = (await import(pathToFileURL(file).href)) as Bindings;
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const begin = instance.exports.__wbindgen_start;
  if (typeof begin === 'function') begin();
  return bindings;
}

// One instance for the process: the bindings keep the instance that they talk to in a variable of their module.
let loaded: Promise<Bindings> | undefined;

/**
 * Runs `work` with Prisma's schema engine, compiled to WebAssembly, on a database. Node 20 does not import `.wasm`, so it
 * is loaded by hand.
 */
export async function withSchemaEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= loadBindings();
  const bindings = await loaded;
  const pool = new Pool({ connectionString: databaseUrl });
  pool.on('error', () => undefined); // A connection that breaks while idle harms nobody.
  const adapter = bindMigrationAwareSqlAdapterFactory(catalogAdapter(pool));
  const datamodels: [string, string][] = [['schema.prisma', readFileSync(resolve('prisma/schema.prisma'), 'utf8')]];
  try {
    return await work(await bindings.SchemaEngine.new({ datamodels }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
}
