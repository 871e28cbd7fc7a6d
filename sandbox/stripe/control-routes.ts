import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody } from '../server/body';
import { faultKinds } from '../server/faults';
import type { StripeControls } from './controls';
import { debitFailures, type DebitFailureName } from './declines';
import { Refusal } from './errors';
import { matchPath } from './router';
import type { Sandbox } from './sandbox';

interface ControlRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  act(controls: StripeControls, body: unknown, path: Record<string, string>): unknown;
}

function control<T>(method: ControlRoute['method'], path: string, input: z.ZodType<T>, act: (controls: StripeControls, body: T, path: Record<string, string>) => unknown): ControlRoute {
  return { method, path: `/_control${path}`, act: (controls, body, names) => act(controls, input.parse(body), names) };
}

const nothing = z.strictObject({});
const fault = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }),
  fault: z.enum(faultKinds),
  times: z.int().positive().optional(),
  milliseconds: z.int().positive().optional(),
});
const deliverySettings = z.strictObject({ mode: z.enum(['now', 'hold', 'drop']), copies: z.int().positive(), delay: z.int().nonnegative(), reorder: z.boolean() }).partial();

const debitOutcome = z.enum(['succeed', ...(Object.keys(debitFailures) as DebitFailureName[])]).optional();

const routes: readonly ControlRoute[] = [
  control('GET', '/state', nothing, (controls) => ({ now: controls.clock.now(), counts: controls.state(), faults: controls.faults.waiting(), pending: controls.webhooks.pending().length })),
  control('POST', '/reset', nothing, (controls) => controls.reset()),
  control('POST', '/clock', z.strictObject({ now: z.coerce.date().nullable() }), (controls, { now }) => controls.clock.move(now)),
  control('GET', '/faults', nothing, (controls) => controls.faults.waiting()),
  control('POST', '/faults', fault, (controls, one) => controls.faults.add(one)),
  control('DELETE', '/faults', nothing, (controls) => controls.faults.clear()),
  control('GET', '/requests', nothing, (controls) => controls.requests()),
  control('GET', '/requests/:id', nothing, (controls, _, { id }) => controls.requests().find((request) => request.id === id) ?? null),
  control('POST', '/webhooks', deliverySettings, (controls, settings) => controls.webhooks.set(settings)),
  control('POST', '/webhooks/configure', z.strictObject({ url: z.url(), secret: z.string().min(1) }), (controls, webhook) => controls.webhooks.configure(webhook)),
  control('GET', '/webhooks/pending', nothing, (controls) => controls.webhooks.pending()),
  control('POST', '/webhooks/deliver', z.strictObject({ events: z.array(z.string()).optional() }), (controls, { events }) => controls.webhooks.deliver(events)),
  control('POST', '/payments/:id/challenge', z.strictObject({ outcome: z.enum(['complete', 'fail']) }), (controls, { outcome }, { id }) => controls.payments.finishChallenge(id!, outcome)),
  control('POST', '/payments/:id/settle', z.strictObject({ outcome: debitOutcome }), (controls, { outcome }, { id }) => controls.payments.settle(id!, outcome)),
  control('POST', '/refunds/:id/settle', nothing, (controls, _, { id }) => controls.refunds.settle(id!)),
  control('POST', '/refunds/:id/fail', nothing, (controls, _, { id }) => controls.refunds.fail(id!)),
  control('POST', '/charges/:id/dispute', z.strictObject({ reason: z.string().optional(), inquiry: z.boolean().optional(), amount: z.int().positive().optional() }), (controls, { reason, ...options }, { id }) => ({
    dispute: controls.disputes.open(id!, reason, options),
  })),
  control('POST', '/disputes/:id/close', z.strictObject({ result: z.enum(['won', 'lost']) }), (controls, { result }, { id }) => controls.disputes.close(id!, result)),
  control('POST', '/webhooks/resend', z.strictObject({ event: z.string() }), (controls, { event }) => controls.webhooks.resend(event)),
];

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { ok: true }, null, 2));
}

/** Answers `/_control/…`. A page of another origin cannot ask for it: JSON needs a preflight, and none is answered. */
export async function answerControl(sandbox: Sandbox, controls: StripeControls, request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (request.method !== 'GET' && !request.headers['content-type']?.startsWith('application/json')) return send(response, 415, { error: 'Send JSON, with content-type application/json.' });
  for (const route of routes) {
    const path = route.method === request.method ? matchPath(route.path, url.pathname) : null;
    if (!path) continue;
    try {
      const answer = await route.act(controls, body === '' ? {} : JSON.parse(body), path);
      await sandbox.saved();
      return send(response, 200, answer);
    } catch (error) {
      const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      return send(response, error instanceof Refusal ? error.status : 400, { error: said });
    }
  }
  send(response, 404, { error: `No control ${request.method} ${url.pathname}: see sandbox/README.md.` });
}
