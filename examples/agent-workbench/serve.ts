import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { allowOrigin, oneTimeToken, type PortalAccess } from './portal';

const types: Record<string, string> = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };
const files = new Set(['workbench.css', 'workbench.js']);

async function sendFile(response: ServerResponse, name: string, access: PortalAccess): Promise<void> {
  const text = await readFile(join(import.meta.dirname, name), 'utf8');
  const filled = name === 'workbench.html' ? text.replaceAll('{{portal}}', access.url).replaceAll('{{account}}', access.accountId) : text;
  response.writeHead(200, { 'content-type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain', 'cache-control': 'no-store' }).end(filled);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));
}

/** Only the workbench's own page gets a token: another site's page could ask with the visitor's cookies, too. */
const isOwnPage = (request: IncomingMessage, origin: string): boolean => request.headers.origin === origin;

async function answer(request: IncomingMessage, response: ServerResponse, access: PortalAccess, origin: string): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', origin);
  if (request.method === 'POST' && pathname === '/portal-token') {
    if (!isOwnPage(request, origin)) return sendJson(response, 403, { error: 'Ask from the workbench itself.' });
    return sendJson(response, 200, { token: await oneTimeToken(access, origin) });
  }
  if (pathname === '/') return sendFile(response, 'workbench.html', access);
  if (files.has(pathname.slice(1))) return sendFile(response, pathname.slice(1), access);
  return sendJson(response, 404, { error: 'There is no such page.' });
}

export interface Workbench {
  /** Where the browser finds it: another site than the portal. */
  origin: string;
  close(): Promise<void>;
}

/**
 * Starts the workbench at `http://workbench.localhost:PORT`, which browsers take for this machine and for another site than
 * `http://localhost`. `listed: false` leaves it off the account's list, as a stranger.
 */
export async function serveWorkbench(access: PortalAccess, { port = 0, host = 'workbench.localhost', listed = true } = {}): Promise<Workbench> {
  const server: Server = createServer((request, response) => {
    answer(request, response, access, origin).catch((error: unknown) => sendJson(response, 502, { error: error instanceof Error ? error.message : 'The portal did not answer.' }));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  if (listed) await allowOrigin(access, origin);
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
