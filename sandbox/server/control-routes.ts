import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from './body';
import type { StandInControls } from './controls';
import { faultKinds } from './faults';
import { matchPath } from './path';
import type { StandIn } from './stand-in';

/** A control over HTTP, under `/_control`. */
export interface ControlRoute<C extends StandInControls> {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  act(controls: C, body: unknown, path: Record<string, string>): unknown;
}

type Act<C, T> = (controls: C, body: T, path: Record<string, string>) => unknown;

/** Declares a control: `/disputes/:id/close`, what its JSON holds, and what it does. */
export function control<C extends StandInControls, T>(method: ControlRoute<C>['method'], path: string, input: z.ZodType<T>, act: Act<C, T>): ControlRoute<C> {
  return { method, path: `/_control${path}`, act: (controls, body, names) => act(controls, input.parse(body), names) };
}

/** The JSON of a control that wants to know nothing. */
export const nothing = z.strictObject({});

const fault = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional(), body: z.string().optional() }),
  fault: z.enum(faultKinds),
  times: z.int().positive().optional(),
  milliseconds: z.int().positive().optional(),
});
const deliverySettings = z.strictObject({ mode: z.enum(['now', 'hold', 'drop']), copies: z.int().positive(), delay: z.int().nonnegative(), reorder: z.boolean() }).partial();

/** The controls that every stand-in has. */
export const standInControlRoutes: readonly ControlRoute<StandInControls>[] = [
  control('GET', '/state', nothing, (controls) => ({ now: controls.clock.now(), counts: controls.state(), faults: controls.faults.waiting(), pending: controls.webhooks.pending().length })),
  control('POST', '/reset', nothing, (controls) => controls.reset()),
  control('POST', '/clock', z.strictObject({ now: z.coerce.date().nullable() }), (controls, { now }) => controls.clock.move(now)),
  control('GET', '/faults', nothing, (controls) => controls.faults.waiting()),
  control('POST', '/faults', fault, (controls, one) => controls.faults.add(one)),
  control('DELETE', '/faults', nothing, (controls) => controls.faults.clear()),
  control('GET', '/requests', nothing, (controls) => controls.requests()),
  control('GET', '/requests/:id', nothing, (controls, _, { id }) => controls.requests().find((request) => request.id === id) ?? null),
  control('POST', '/webhooks', deliverySettings, (controls, settings) => controls.webhooks.set(settings)),
  control('GET', '/webhooks/pending', nothing, (controls) => controls.webhooks.pending()),
  control('POST', '/webhooks/deliver', z.strictObject({ events: z.array(z.string()).optional() }), (controls, { events }) => controls.webhooks.deliver(events)),
];

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { ok: true }, null, 2));
}

/** Answers `/_control/…`. A page of another origin cannot ask for it: JSON needs a preflight, and none is answered. */
export async function answerControl<C extends StandInControls>(sandbox: StandIn, controls: C, routes: readonly ControlRoute<C>[], request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (request.method !== 'GET' && !request.headers['content-type']?.startsWith('application/json')) return send(response, 415, { error: 'Send JSON, with content-type application/json.' });
  for (const route of [...standInControlRoutes, ...routes]) {
    const path = route.method === request.method ? matchPath(route.path, url.pathname) : null;
    if (!path) continue;
    try {
      const answer = await route.act(controls, body === '' ? {} : JSON.parse(body), path);
      await sandbox.saved();
      return send(response, 200, answer);
    } catch (error) {
      const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      return send(response, (error as { status?: number }).status ?? 400, { error: said });
    }
  }
  send(response, 404, { error: `No control ${request.method} ${url.pathname}: see sandbox/README.md.` });
}
