import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { createDatabase, dropDatabase, onSameServer } from '@/lib/core/database/connect';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL that the integration tests share. */
    databaseServer: string;
  }
}

/**
 * Gives the test file a migrated, empty PostgreSQL database of its own and points `DATABASE_URL` at it. Call it once, at
 * the top of the file or of its outermost `describe`. The database is dropped when the file ends.
 */
export function useTestDatabase(): { readonly url: string } {
  const server = inject('databaseServer');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = onSameServer(server, name);
  beforeAll(async () => {
    await createDatabase(server, name, 'template');
    process.env.DATABASE_URL = url;
  });
  afterAll(async () => {
    await dropDatabase(server, name);
  });
  return { url };
}
