import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from './body';
import { answerControl, type ControlRoute } from './control-routes';
import type { StandInControls } from './controls';
import { isLoopbackHost, listenOnLoopback } from './loopback';
import { answerPage, type Page } from './page';
import type { StandIn } from './stand-in';

export interface ApiCall {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: string;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer; or none, with the connection left open or cut. */
export type ApiOutcome = ApiAnswer | 'silence' | 'cut';

/** A provider's stand-in as it is served. */
export interface Service<S extends StandIn, C extends StandInControls> {
  sandbox: S;
  pages: readonly Page<S>[];
  controls: C;
  controlRoutes: readonly ControlRoute<C>[];
  answerApi(call: ApiCall): Promise<ApiOutcome>;
  /** Headers by which pages of other origins may ask the API; absent: they may not. */
  crossOrigin?: Readonly<Record<string, string>>;
  /** The provider's words for a request that is too large, and for a failure of its own. */
  errors: { tooLarge: object; internal: object };
}

/** Where a stand-in is reached. */
export interface Served {
  /** `http://localhost:…` */
  url: string;
  host: string;
  port: number;
  close(): Promise<void>;
}

async function answerInApi<S extends StandIn, C extends StandInControls>({ answerApi, crossOrigin }: Service<S, C>, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  if (crossOrigin && request.method === 'OPTIONS') return void response.writeHead(204, crossOrigin).end();
  const body = await readBody(request);
  const outcome = await answerApi({ method: request.method ?? 'GET', url, headers: request.headers as ApiCall['headers'], body });
  if (outcome === 'silence') return;
  if (outcome === 'cut') return void request.socket.destroy();
  response.writeHead(outcome.status, { ...(outcome.body !== '' && { 'content-type': 'application/json' }), ...crossOrigin, ...outcome.headers }).end(outcome.body);
}

async function answer<S extends StandIn, C extends StandInControls>(service: Service<S, C>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) {
    return void response.writeHead(403, { 'content-type': 'text/plain' }).end('The sandbox answers to localhost only.\n');
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { sandbox, pages, controls, controlRoutes } = service;
  if (url.pathname.startsWith('/_control/')) return answerControl(sandbox, controls, controlRoutes, request, url, response);
  if (await answerPage(sandbox, pages, request, url, response)) return;
  return answerInApi(service, request, url, response);
}

function fail({ tooLarge, internal }: { tooLarge: object; internal: object }, response: ServerResponse, error: unknown): void {
  const isTooLarge = error instanceof BodyTooLarge;
  if (!isTooLarge) process.stderr.write(`The sandbox failed: ${(error as Error).stack}\n`);
  if (response.headersSent) return void response.destroy();
  response.writeHead(isTooLarge ? 413 : 500, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(isTooLarge ? tooLarge : internal));
}

/** Serves a stand-in on this machine alone, its API beside its pages and controls. Port 0: a free one. */
export async function serve<S extends StandIn, C extends StandInControls>(service: Service<S, C>, wantedPort: number): Promise<Served> {
  const { sandbox, errors } = service;
  const server = await listenOnLoopback(wantedPort, (request, response) => {
    answer(service, request, response).catch((error: unknown) => fail(errors, response, error));
  });
  sandbox.start(`http://localhost:${server.port}`);
  let closing: Promise<void> | undefined;
  return { url: sandbox.url, host: 'localhost', port: server.port, close: () => (closing ??= server.close().then(() => sandbox.close())) };
}
