import { databaseReadiness } from '@/lib/core/database';
import { errorCodes } from '@/lib/core/errors';
import { toJson } from './json';

const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

function envelope(healthy: boolean, checks: Record<string, string>): Response {
  const body = healthy
    ? { success: true, code: 'ok', message: 'OK', payload: { checks } }
    : { success: false, code: 'not_ready', message: errorCodes.not_ready.message, payload: { checks } };
  return new Response(toJson(body), { status: healthy ? 200 : errorCodes.not_ready.status, headers });
}

/** The process runs and answers. Says nothing of what it depends on: restarting it would not mend those. */
export function live(): Response {
  return envelope(true, { process: 'up' });
}

/** Whether requests can be served: the database answers and is migrated. 503 otherwise. */
export async function ready(): Promise<Response> {
  const { database, migrations } = await databaseReadiness();
  return envelope(database === 'up' && migrations === 'applied', { process: 'up', database, migrations });
}
