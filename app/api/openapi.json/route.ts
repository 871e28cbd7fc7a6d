import { allContracts } from '@/lib/api';
import { openApiDocument } from '@/lib/api/openapi';
import { sessionCookie } from '@/lib/auth/sessions/cookie';
import { settings } from '@/lib/core/settings';
import { toJson } from '@/lib/http/json';

// The address and the cookie's name are settings of the running server, not of the build.
export const dynamic = 'force-dynamic';

export function GET(): Response {
  const document = openApiDocument(allContracts, { serverUrl: settings().appUrl, sessionCookie: sessionCookie().name });
  return new Response(toJson(document), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=60', 'access-control-allow-origin': '*' },
  });
}
