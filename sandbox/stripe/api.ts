import { setTimeout as wait } from 'node:timers/promises';
import { decodeForm, type FormFields } from '../server/form';
import type { Fault } from '../server/faults';
import { boundaryOf, partsOf, type FormPart } from '../server/parts';
import { matchPath } from '../server/path';
import type { ApiAnswer, ApiOutcome } from '../server/serve';
import { authenticate, refusePublishable } from './authentication';
import { invalidRequest, Refusal } from './errors';
import { apiVersion } from './events';
import { checkExpand, expand } from './expand';
import { claimKey, digestOf, type IdempotentRequest } from './idempotency';
import { newId } from './ids';
import { list, readParameters, text } from './parameters';
import type { Access, Route } from './resource';
import type { Sandbox } from './sandbox';

export interface ApiRequest {
  method: string;
  path: string;
  /** The query without its question mark. */
  query: string;
  headers: Record<string, string | undefined>;
  body: string;
}

const unknownError = (): Refusal => new Refusal(500, { type: 'api_error', message: 'An unknown error occurred' });
const unavailable = (): Refusal => new Refusal(503, { type: 'api_error', message: 'The service is unavailable for a moment. Please try again.' });
const tooMany = (): Refusal => new Refusal(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded. Learn more: https://stripe.com/docs/rate-limits' });

function errorAnswer(sandbox: Sandbox, requestId: string, refusal: Refusal): ApiAnswer {
  const { code } = refusal.body;
  const error = {
    ...refusal.body,
    ...(code && { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
    request_log_url: `${sandbox.url}/_control/requests/${requestId}`,
  };
  return { status: refusal.status, headers: {}, body: JSON.stringify({ error }, null, 2) };
}

function findRoute(sandbox: Sandbox, { method, path }: ApiRequest): { route: Route; names: Record<string, string> } {
  for (const route of sandbox.routes) {
    const names = route.method === method ? matchPath(route.path, path) : null;
    if (names) return { route, names };
  }
  throw new Refusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.` });
}

/** The request, read and found to be one that may be acted upon. */
interface ReadRequest {
  route: Route;
  names: Record<string, string>;
  parameters: unknown;
  expandPaths: string[];
  files: readonly FormPart[];
  access: Access;
}

function readForm({ method, query, headers, body }: ApiRequest): { form: FormFields; files: FormPart[] } {
  const boundary = boundaryOf(headers['content-type']);
  if (boundary === null) return { form: decodeForm(method === 'POST' ? body : [query, body].filter(Boolean).join('&')), files: [] };
  const parts = partsOf(body, boundary);
  const fields = parts.filter(({ fileName }) => fileName === '').map(({ name, content }): [string, string] => [name, content.toString('utf8')]);
  return { form: decodeForm(new URLSearchParams(fields).toString()), files: parts.filter(({ fileName }) => fileName !== '') };
}

/** The body of a request as it is compared with an earlier one: the boundary of its parts is another each time. */
function withoutBoundary({ headers, body }: ApiRequest): string {
  const boundary = boundaryOf(headers['content-type']);
  return boundary === null ? body : body.replaceAll(boundary, '');
}

function read(sandbox: Sandbox, request: ApiRequest): ReadRequest {
  const access = authenticate(request.headers.authorization, sandbox.settings);
  const version = request.headers['stripe-version'];
  if (version && version !== apiVersion) throw invalidRequest(`Invalid Stripe API version: ${version}. The sandbox speaks ${apiVersion}.`);
  const { route, names } = findRoute(sandbox, request);
  if (access === 'publishable' && !route.publishable) refusePublishable();
  const { form, files } = readForm(request);
  const { expand: paths, ...parameters } = readParameters({ ...route.shape, expand: list(text()).optional() }, form) as { expand?: string[] };
  const expandPaths = paths ?? [];
  checkExpand(sandbox, route.returns, expandPaths);
  return { route, names, parameters, expandPaths, files, access };
}

function act(sandbox: Sandbox, requestId: string, idempotencyKey: string | null, request: ReadRequest, fault?: Fault): ApiAnswer {
  sandbox.request = { id: requestId, idempotencyKey };
  try {
    if (fault?.fault === 'error_500') throw unknownError();
    const answer = request.route.answer({ sandbox, path: request.names, parameters: request.parameters, files: request.files, access: request.access });
    if (fault?.fault === 'error_500_after') throw unknownError();
    return { status: 200, headers: {}, body: JSON.stringify(expand(sandbox, answer, request.expandPaths), null, 2) };
  } catch (error) {
    if (error instanceof Refusal) return errorAnswer(sandbox, requestId, error);
    process.stderr.write(`The sandbox failed at ${request.route.method} ${request.route.path}: ${(error as Error).stack}\n`);
    return errorAnswer(sandbox, requestId, unknownError());
  } finally {
    sandbox.request = null;
  }
}

async function execute(sandbox: Sandbox, requestId: string, request: ApiRequest, fault: Fault | undefined): Promise<ApiAnswer> {
  const ready = read(sandbox, request);
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (key === undefined) {
    if (fault?.fault === 'slow') await wait(fault.milliseconds ?? 500);
    return act(sandbox, requestId, null, ready, fault);
  }
  if (key.length > 255) throw invalidRequest('Idempotency keys must be at most 255 characters.');
  const rows = sandbox.tables.of<IdempotentRequest>('idempotent_request');
  const record = claimKey(rows, { id: key, endpoint: request.path, parameters: digestOf(withoutBoundary(request)), created: sandbox.now() });
  const named = { 'idempotency-key': key };
  if (record.answer) {
    const headers = { ...named, 'idempotent-replayed': 'true', 'original-request': record.answer.requestId };
    return { status: record.answer.status, body: record.answer.body, headers: record.answer.status >= 500 ? { ...headers, 'stripe-should-retry': 'false' } : headers };
  }
  if (fault?.fault === 'slow') await wait(fault.milliseconds ?? 500);
  const answer = act(sandbox, requestId, key, ready, fault);
  record.answer = { requestId, status: answer.status, body: answer.body };
  Object.freeze(record);
  // Stripe keeps the answer to a key, errors of its own too: to try again would give the same one.
  return { ...answer, headers: { ...named, 'original-request': requestId, ...(answer.status >= 500 && { 'stripe-should-retry': 'false' }) } };
}

/** Answers one request of the API, or fails at it as a waiting fault wants. */
export async function answerApi(sandbox: Sandbox, request: ApiRequest): Promise<ApiOutcome> {
  const requestId = newId('req');
  const fault = sandbox.faults.take(request);
  const note = (status: number): void =>
    sandbox.requests.note({ id: requestId, method: request.method, path: request.path, status, idempotencyKey: request.headers['idempotency-key'] ?? null, fault: fault?.fault ?? null });
  if (fault?.fault === 'timeout_before' || fault?.fault === 'cut_before') {
    note(0);
    return fault.fault === 'timeout_before' ? 'silence' : 'cut';
  }
  let answer: ApiAnswer;
  try {
    if (fault?.fault === 'error_429') throw tooMany();
    if (fault?.fault === 'error_503') throw unavailable();
    answer = await execute(sandbox, requestId, request, fault);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = errorAnswer(sandbox, requestId, error);
  }
  note(answer.status);
  if (request.method !== 'GET') {
    sandbox.changed();
    await sandbox.saved();
  }
  if (fault?.fault === 'timeout_after') return 'silence';
  if (fault?.fault === 'cut_after') return 'cut';
  return { ...answer, headers: { ...answer.headers, 'request-id': requestId, 'stripe-version': apiVersion } };
}
