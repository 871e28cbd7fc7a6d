import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { forgetCredentials } from '@/lib/auth/credential-memory';
import { forgetTestClocks } from '@/lib/billing/accounts/test-clocks/account-clock';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { forgetQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { forgetMade } from '@/lib/billing/quota/reservations/made-here';
import { forgetTerms } from '@/lib/billing/quota/terms';
import { disconnect } from '@/lib/core/database';
import { createDatabase, dropDatabase, onSameServer } from '@/lib/core/database/connect';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the PostgreSQL that the integration tests share. */
    databaseServer: string;
  }
}

/** Lets go of all that the process keeps of a database: the next file runs in the same one. */
async function forgetDatabase(): Promise<void> {
  setPaymentGateways([]);
  await Promise.all([forgetCredentials(), forgetTestClocks(), forgetQuotaEngine()]);
  forgetTerms();
  forgetMade();
  await disconnect();
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
    await forgetDatabase();
    await dropDatabase(server, name);
  });
  return { url };
}
