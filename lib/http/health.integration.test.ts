import { afterEach, describe, expect, it } from 'vitest';
import { disconnect, pool } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { live, ready } from './health';

const database = useTestDatabase();

afterEach(async () => {
  await disconnect();
  process.env.DATABASE_URL = database.url;
});

const body = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) });

describe('health', () => {
  it('is ready when the database answers and is migrated', async () => {
    expect(await body(await ready())).toMatchObject({ status: 200, payload: { checks: { database: 'up', migrations: 'applied' } } });
  });

  it('is not ready while a migration is missing', async () => {
    await pool().query(`update "_prisma_migrations" set finished_at = null where migration_name like '0001%'`);
    expect(await body(await ready())).toMatchObject({ status: 503, code: 'not_ready', payload: { checks: { database: 'up', migrations: 'missing' } } });
    await pool().query(`update "_prisma_migrations" set finished_at = now()`);
  });

  it('is live, and not ready, without a database', async () => {
    process.env.DATABASE_URL = 'postgresql://127.0.0.1:1/nowhere';
    expect(await body(await ready())).toMatchObject({ status: 503, payload: { checks: { database: 'down', migrations: 'unknown' } } });
    expect(await body(live())).toMatchObject({ status: 200 });
  });
});
