import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../server/body';
import { SandboxClock } from '../server/clock';
import { answerControl } from '../server/control-routes';
import { isLoopbackHost, listenOnLoopback } from '../server/loopback';
import { answerPage } from '../server/page';
import { refuseLiveCredentials } from './access-tokens';
import { answerApi } from './api';
import { signingCertificate } from './certificate';
import { paypalControlRoutes } from './control-routes';
import { paypalControls, type PayPalControls } from './controls';
import { resources } from './resources';
import { Sandbox } from './sandbox';

export interface PayPalSandboxOptions {
  /** 0, a free one, unless told. */
  port?: number;
  /** Begins with `sandbox`, as does the secret. */
  clientId?: string;
  clientSecret?: string;
  /** Where events are sent, and the id of the webhook, `WH-SANDBOX` unless told. */
  webhook?: { url: string; id?: string };
  /** Seconds that an access token lives; nine hours unless told. */
  tokenLifetime?: number;
  /** Keeps the state over a restart; in memory only unless told. */
  stateFile?: string;
  /** Milliseconds that reviews and slow refunds take; two seconds unless told. */
  settleAfter?: number;
  clock?: SandboxClock;
}

export interface PayPalSandbox extends PayPalControls {
  /** `http://localhost:…`: the base of the API, and where the approval page and `/sdk/js` are. */
  url: string;
  host: string;
  port: number;
  clientId: string;
  clientSecret: string;
  webhookId: string;
  /** The certificate, as PEM, of the authority that issued the one which signs events. */
  rootCertificate: string;
  close(): Promise<void>;
}

const defaultWebhookId = 'WH-SANDBOX';

async function answerInApi(sandbox: Sandbox, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const headers = request.headers as Record<string, string | undefined>;
  const body = await readBody(request);
  const outcome = await answerApi(sandbox, { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body });
  if (outcome === 'silence') return;
  if (outcome === 'cut') return void request.socket.destroy();
  response.writeHead(outcome.status, { ...(outcome.body !== '' && { 'content-type': 'application/json' }), ...outcome.headers }).end(outcome.body);
}

async function answer(sandbox: Sandbox, controls: PayPalControls, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) {
    return void response.writeHead(403, { 'content-type': 'text/plain' }).end('The sandbox answers to localhost only.\n');
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/_control/')) return answerControl(sandbox, controls, paypalControlRoutes, request, url, response);
  if (await answerPage(sandbox, sandbox.pages, request, url, response)) return;
  return answerInApi(sandbox, request, url, response);
}

function fail(response: ServerResponse, error: unknown): void {
  const tooLarge = error instanceof BodyTooLarge;
  if (!tooLarge) process.stderr.write(`The sandbox failed: ${(error as Error).stack}\n`);
  if (response.headersSent) return void response.destroy();
  const body = tooLarge ? { name: 'PAYLOAD_TOO_LARGE', message: 'The request is too large.' } : { name: 'INTERNAL_SERVER_ERROR', message: 'An internal server error has occurred.' };
  response.writeHead(tooLarge ? 413 : 500, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
}

/** Starts a stand-in for PayPal on this machine: one seller's account, by default empty and in memory. Throws for credentials of another. */
export async function startPayPalSandbox(options: PayPalSandboxOptions = {}): Promise<PayPalSandbox> {
  const { port = 0, clientId = 'sandbox-client', clientSecret = 'sandbox-secret', tokenLifetime = 32_400, settleAfter = 2_000, stateFile, clock = new SandboxClock() } = options;
  refuseLiveCredentials(clientId, clientSecret);
  const webhookId = options.webhook?.id ?? defaultWebhookId;
  const webhook = options.webhook && { url: options.webhook.url, id: webhookId };
  const sandbox = new Sandbox({ clientId, clientSecret, tokenLifetime, settleAfter, webhook, stateFile }, clock, resources, await signingCertificate());
  const controls = paypalControls(sandbox);
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
    clientId,
    clientSecret,
    webhookId,
    rootCertificate: sandbox.certificate.root,
    close: () => (closing ??= server.close().then(() => sandbox.close())),
  };
}
