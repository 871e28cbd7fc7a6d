import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../server/faults';
import { matchPath } from '../server/path';
import type { ApiAnswer, ApiOutcome } from '../server/serve';
import { authenticate, issueToken, TokenRefusal } from './access-tokens';
import { invalidRequest, Refusal } from './errors';
import { claimRequestId, type IdempotentRequest } from './idempotency';
import { newId } from './ids';
import { read } from './input';
import { documentsOf, jsonOf } from './json-body';
import type { Answer, Call, Route } from './resource';
import type { Sandbox } from './sandbox';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: string;
}

const internal = (): Refusal => new Refusal(500, 'INTERNAL_SERVER_ERROR', 'An internal server error has occurred.');
const unavailable = (): Refusal => new Refusal(503, 'SERVICE_UNAVAILABLE', 'The server is temporarily unable to service the request.');
const tooMany = (): Refusal => new Refusal(429, 'RATE_LIMIT_REACHED', 'Too many requests. Blocked due to rate limiting.');

function errorAnswer(debugId: string, refusal: Refusal | TokenRefusal): ApiAnswer {
  if (refusal instanceof TokenRefusal) return { status: refusal.status, headers: {}, body: JSON.stringify({ error: refusal.error, error_description: refusal.message }) };
  const { status, name, message, details, links } = refusal;
  const issue = details[0]?.issue;
  const help = { href: `https://developer.paypal.com/api/rest/responses/#link-${(issue ?? name).toLowerCase()}`, rel: 'information_link', method: 'GET' };
  return { status, headers: {}, body: JSON.stringify({ name, message, debug_id: debugId, details, links: [...links, help] }) };
}

function findRoute(sandbox: Sandbox, { method, path }: ApiRequest): { route: Route; names: Record<string, string> } {
  for (const route of sandbox.routes) {
    const names = route.method === method ? matchPath(route.path, path) : null;
    if (names) return { route, names };
  }
  throw new Refusal(404, 'NOT_FOUND', 'The requested URL was not found.');
}

function readCall(sandbox: Sandbox, request: ApiRequest): { route: Route; call: Call<unknown, unknown> } {
  authenticate(sandbox, request.headers.authorization);
  const { route, names } = findRoute(sandbox, request);
  const requestId = request.headers['paypal-request-id'] ?? null;
  if (requestId !== null && requestId.length > 108) {
    throw invalidRequest([{ issue: 'INVALID_STRING_LENGTH', description: 'The value of PayPal-Request-Id is too long.', field: 'PayPal-Request-Id' }]);
  }
  const body = request.method === 'GET' || request.method === 'DELETE' ? undefined : read(route.body, jsonOf(request), 'body');
  const query = read(route.query, Object.fromEntries(request.query), 'query');
  const full = request.headers.prefer?.includes('return=representation') ?? false;
  return { route, call: { sandbox, path: names, body, query, documents: documentsOf(request), full, requestId } };
}

function act(route: Route, call: Call<unknown, unknown>, fault: Fault | undefined): Answer {
  if (fault?.fault === 'error_500') throw internal();
  return route.answer(call);
}

const textOf = ({ body }: Answer): string => (body === undefined ? '' : JSON.stringify(body));

/** What was done is kept for its request id; what was refused leaves the id free. */
async function execute(sandbox: Sandbox, request: ApiRequest, fault: Fault | undefined): Promise<ApiAnswer> {
  const { route, call } = readCall(sandbox, request);
  if (call.requestId === null || request.method !== 'POST') {
    if (fault?.fault === 'slow') await wait(fault.milliseconds ?? 500);
    const answer = act(route, call, fault);
    return { status: answer.status, headers: {}, body: textOf(answer) };
  }
  const rows = sandbox.tables.of<IdempotentRequest>('idempotent_request');
  const claimed = claimRequestId(rows, { path: request.path, requestId: call.requestId, body: request.body, now: sandbox.clock.now() });
  if (claimed.answer) return { ...claimed.answer, headers: {} };
  try {
    if (fault?.fault === 'slow') await wait(fault.milliseconds ?? 500);
    const answer = act(route, call, fault);
    claimed.answer = { status: answer.status, body: textOf(answer) };
    return { ...claimed.answer, headers: {} };
  } catch (error) {
    rows.delete(claimed.id);
    throw error;
  }
}

async function answerOrRefusal(sandbox: Sandbox, debugId: string, request: ApiRequest, fault: Fault | undefined): Promise<ApiAnswer> {
  try {
    if (fault?.fault === 'error_429') throw tooMany();
    if (fault?.fault === 'error_503') throw unavailable();
    if (request.method === 'POST' && request.path === '/v1/oauth2/token') {
      if (fault?.fault === 'error_500') throw internal();
      return { status: 200, headers: {}, body: JSON.stringify(issueToken(sandbox, request.headers.authorization, new URLSearchParams(request.body))) };
    }
    const answer = await execute(sandbox, request, fault);
    if (fault?.fault === 'error_500_after') throw internal();
    return answer;
  } catch (error) {
    if (error instanceof Refusal || error instanceof TokenRefusal) return errorAnswer(debugId, error);
    process.stderr.write(`The sandbox failed at ${request.method} ${request.path}: ${(error as Error).stack}\n`);
    return errorAnswer(debugId, internal());
  }
}

/** Answers one request of the API, or fails at it as a waiting fault wants. */
export async function answerApi(sandbox: Sandbox, request: ApiRequest): Promise<ApiOutcome> {
  const debugId = newId.request();
  const fault = sandbox.faults.take(request);
  const note = (status: number): void =>
    sandbox.requests.note({ id: debugId, method: request.method, path: request.path, status, idempotencyKey: request.headers['paypal-request-id'] ?? null, fault: fault?.fault ?? null });
  if (fault?.fault === 'timeout_before' || fault?.fault === 'cut_before') {
    note(0);
    return fault.fault === 'timeout_before' ? 'silence' : 'cut';
  }
  const answer = await answerOrRefusal(sandbox, debugId, request, fault);
  note(answer.status);
  if (request.method !== 'GET') {
    sandbox.changed();
    await sandbox.saved();
  }
  if (fault?.fault === 'timeout_after') return 'silence';
  if (fault?.fault === 'cut_after') return 'cut';
  return { ...answer, headers: { ...answer.headers, 'paypal-debug-id': debugId } };
}
