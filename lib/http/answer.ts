import type { z } from 'zod';
import { authenticate, rememberedCaller } from '@/lib/auth/authenticate';
import type { Caller } from '@/lib/auth/caller';
import { clientAddressHeader } from '@/lib/core/client-address';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { clockFor, rememberedClock } from '@/lib/billing/accounts/test-clocks/account-clock';
import { newId } from '@/lib/core/ids';
import { readPlain } from '@/lib/core/plain-input';
import { portalIsOff } from '@/lib/core/portal-switch';
import { FileAnswer, type AnyContract } from './contract';
import { failure, success, type Outgoing } from './envelope';
import { answerAgain, answerOnce } from './idempotency';
import { issuesOf } from './issues';
import { parseJson } from './json';
import { assertSameOrigin } from './same-origin';

/** A request as every door hands it in, be it a Next route or the fast front. */
export interface Incoming {
  method: string;
  /** Where it goes, without the query. */
  path: string;
  /** The query with its question mark, or nothing. */
  search: string;
  /** The whole address. */
  url: URL;
  params: Record<string, string | string[] | undefined>;
  header(name: string): string | null;
  /** The body as text, at once where it is there; throws `body_too_large` past the limit. */
  readBody(limit: number): Promise<string> | string;
}

const defaultBodyLimit = 64 * 1024;

/** The body is this request's own, so that it may be read in place. */
function checkBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> | undefined {
  return readPlain(schema, body) ?? check(schema, body, 'body');
}

function check<Schema extends z.ZodType>(schema: Schema | undefined, value: unknown, place: string): z.output<Schema> | undefined {
  if (!schema) return undefined;
  const quick = schema.safeParse(value);
  if (quick.success) return quick.data;
  // What was wrong is told with the input, which makes the check slower: so it is made again.
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new DomainError('invalid_request', undefined, { issues: issuesOf(result.error, place) });
}

/** A parameter given more than once becomes a list, which a schema for one value refuses. */
function queryOf(search: string): Record<string, string | string[]> {
  const given = new URLSearchParams(search);
  const entries = [...new Set(given.keys())].map((name) => {
    const values = given.getAll(name);
    return [name, values.length > 1 ? values : (values[0] ?? '')] as const;
  });
  return Object.fromEntries(entries);
}

const isJson = (type: string | null): boolean => type === 'application/json' || type?.split(';')[0]?.trim().toLowerCase() === 'application/json';

/** The text of the body; nothing where the operation takes none. */
function readBody(contract: AnyContract, request: Incoming): Promise<string> | string {
  if (!contract.body) return '';
  if (!isJson(request.header('content-type'))) throw new DomainError('unsupported_media_type');
  return request.readBody(contract.bodyLimit ?? defaultBodyLimit);
}

function idempotencyKeyOf(request: Incoming): string | undefined {
  const key = request.header('idempotency-key') ?? undefined;
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DomainError('invalid_request', undefined, {
      issues: [{ field: 'Idempotency-Key', message: 'Use 1 to 200 visible ASCII characters.' }],
    });
  }
  return key;
}

/** Who calls, once it is sure that they may; `caller` is null, and they are unknown, where the operation is public. */
function authorise(contract: AnyContract, request: Incoming, caller: Caller | null): Pick<Context, 'actor' | 'accountId' | 'caller' | 'roleAtMost'> {
  const address = request.header(clientAddressHeader) ?? 'unknown';
  if (contract.permission === 'public' || !caller) {
    return { actor: { kind: 'system', id: 'public' }, accountId: '', caller: { credential: 'none', credentialId: '', address } };
  }
  if ((caller.credential === 'session' || caller.credential === 'embed_session') && contract.method !== 'GET') assertSameOrigin(request);
  if (!caller.permissions.includes(contract.permission)) {
    throw new DomainError('forbidden', `This credential lacks the permission ${contract.permission}.`);
  }
  // Written out, here and in `answer`: spreading objects costs the most common calls more than to look who calls.
  return { actor: caller.actor, accountId: caller.accountId, roleAtMost: caller.roleAtMost ?? undefined, caller: { credential: caller.credential, credentialId: caller.credentialId, address, costCentre: caller.costCentre } };
}

/** Runs one operation for one request: authenticate, authorise, check the input, act, check the output. Never throws. */
export async function answer(contract: AnyContract, request: Incoming): Promise<Outgoing> {
  const requestId = newId('req');
  let outgoing: Outgoing;
  try {
    if (portalIsOff(request.path)) throw new DomainError('portal_disabled');
    // Without waiting where that can be, here and below: to wait costs the most common calls more than to look.
    const caller = contract.permission === 'public' ? null : (rememberedCaller(request, systemClock) ?? (await authenticate(request, systemClock)));
    const who = authorise(contract, request, caller);
    const idempotencyKey = idempotencyKeyOf(request);
    const given = readBody(contract, request);
    const text = typeof given === 'string' ? given : await given;
    const input = inputOf(contract, request, text, idempotencyKey);
    const clock = rememberedClock(who.accountId, systemClock) ?? (await clockFor(who.accountId, systemClock));
    const context: Context = { actor: who.actor, accountId: who.accountId, roleAtMost: who.roleAtMost, caller: who.caller, clock, requestId };
    outgoing =
      contract.method === 'POST' && idempotencyKey
        ? await actOnce(contract, context, input, { key: idempotencyKey, request: `${request.search}\n${text}` })
        : outgoingOf(contract, await contract.handle(context, input));
  } catch (error) {
    outgoing = failure(error, requestId);
  }
  outgoing.headers['x-content-type-options'] = 'nosniff';
  outgoing.headers['x-request-id'] = requestId;
  return outgoing;
}

type Input = Parameters<AnyContract['handle']>[1];

function inputOf(contract: AnyContract, request: Incoming, text: string, idempotencyKey: string | undefined): Input {
  return {
    params: check(contract.params, request.params, 'path'),
    query: contract.query && check(contract.query, queryOf(request.search), 'query'),
    body: contract.body && checkBody(contract.body, parseJson(text)),
    idempotencyKey,
  };
}

/** Acts once for the key, as the contract says, and answers the same again to the same request. */
async function actOnce(contract: AnyContract, context: Context, input: Input, asked: { key: string; request: string }): Promise<Outgoing> {
  const act = async (): Promise<Outgoing> => outgoingOf(contract, await contract.handle(context, input));
  const idempotency = typeof contract.idempotency === 'function' ? await contract.idempotency(context) : contract.idempotency;
  if (idempotency === 'own') return act();
  const remembered = idempotency === 'kept' ? answerAgain : answerOnce;
  // An answer is kept in real time, whatever time the account lives in.
  return remembered({ context: { ...context, clock: systemClock }, operation: contract.id, ...asked }, act);
}

function outgoingOf(contract: AnyContract, result: Awaited<ReturnType<AnyContract['handle']>>): Outgoing {
  if (result instanceof FileAnswer) return fileAnswer(result);
  return success(contract.output === 'file' ? result : contract.output.parse(result));
}

function fileAnswer(file: FileAnswer): Outgoing {
  return {
    status: 200,
    headers: {
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'cache-control': 'private, no-store',
    },
    body: file.bytes,
  };
}
