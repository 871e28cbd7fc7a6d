import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../server/body';
import { SandboxClock } from '../server/clock';
import { answerControl } from '../server/control-routes';
import { isLoopbackHost, listenOnLoopback } from '../server/loopback';
import { answerPage } from '../server/page';
import { answerApi } from './api';
import { refuseLiveKey } from './authentication';
import { stripeControlRoutes } from './control-routes';
import { stripeControls, type StripeControls } from './controls';
import { resources } from './resources';
import { Sandbox } from './sandbox';

export interface StripeSandboxOptions {
  /** 0, a free one, unless told. */
  port?: number;
  secretKey?: string;
  publishableKey?: string;
  /** Where events are sent, and the secret that signs them. */
  webhook?: { url: string; secret: string };
  /** Keeps the state over a restart; in memory only unless told. */
  stateFile?: string;
  /** Milliseconds that bank debits and the like take; two seconds unless told. */
  settleAfter?: number;
  clock?: SandboxClock;
}

export interface StripeSandbox extends StripeControls {
  /** `http://localhost:…` */
  url: string;
  host: string;
  port: number;
  secretKey: string;
  publishableKey: string;
  close(): Promise<void>;
}

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, stripe-version, x-stripe-client-user-agent',
  'access-control-expose-headers': 'request-id, stripe-version, idempotent-replayed, stripe-should-retry',
  'access-control-max-age': '300',
};

async function answerInApi(sandbox: Sandbox, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, crossOrigin).end();
  const headers = request.headers as Record<string, string | undefined>;
  const body = await readBody(request);
  const outcome = await answerApi(sandbox, { method: request.method ?? 'GET', path: url.pathname, query: url.search.slice(1), headers, body });
  if (outcome === 'silence') return;
  if (outcome === 'cut') return void request.socket.destroy();
  response.writeHead(outcome.status, { 'content-type': 'application/json', ...crossOrigin, ...outcome.headers }).end(outcome.body);
}

async function answer(sandbox: Sandbox, controls: StripeControls, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) {
    return void response.writeHead(403, { 'content-type': 'text/plain' }).end('The sandbox answers to localhost only.\n');
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/_control/')) return answerControl(sandbox, controls, stripeControlRoutes, request, url, response);
  if (await answerPage(sandbox, sandbox.pages, request, url, response)) return;
  return answerInApi(sandbox, request, url, response);
}

function fail(response: ServerResponse, error: unknown): void {
  const tooLarge = error instanceof BodyTooLarge;
  if (!tooLarge) process.stderr.write(`The sandbox failed: ${(error as Error).stack}\n`);
  if (response.headersSent) return void response.destroy();
  const body = { error: tooLarge ? { type: 'invalid_request_error', message: 'Request body too large.' } : { type: 'api_error', message: 'An unknown error occurred' } };
  response.writeHead(tooLarge ? 413 : 500, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
}

/** Starts a stand-in for Stripe on this machine: one account, by default empty and in memory. Throws for live keys. */
export async function startStripeSandbox(options: StripeSandboxOptions = {}): Promise<StripeSandbox> {
  const { port = 0, secretKey = 'sk_test_sandbox', publishableKey = 'pk_test_sandbox', settleAfter = 2_000, webhook, stateFile, clock = new SandboxClock() } = options;
  refuseLiveKey(secretKey);
  refuseLiveKey(publishableKey);
  const sandbox = new Sandbox({ secretKey, publishableKey, settleAfter, webhook, stateFile }, clock, resources);
  const controls = stripeControls(sandbox);
  const server = await listenOnLoopback(port, (request, response) => {
    answer(sandbox, controls, request, response).catch((error: unknown) => fail(response, error));
  });
  sandbox.start(`http://localhost:${server.port}`);
  let closing: Promise<void> | undefined;
  return {
    ...controls,
    url: sandbox.url,
    host: 'localhost',
    port: server.port,
    secretKey,
    publishableKey,
    close: () => (closing ??= server.close().then(() => sandbox.close())),
  };
}
