import { beforeAll, describe, expect, it } from 'vitest';
import type { FieldIssue } from '@/lib/core/errors';
import type { AnyContract } from '@/lib/http/contract';
import { callApi, type ApiAnswer, type ApiCall } from '@/lib/testing/api';
import { asOwner, callAt, querySchema } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { databaseDigest } from '@/lib/testing/digest';
import { seedTwoCustomers, type TwoCustomers } from '@/lib/testing/two-customers';
import { allContracts } from './index';
import { jsonSchemaOf } from './json-schema';
import { formsOf } from './schema-fields';

useTestDatabase();

let world: TwoCustomers;
beforeAll(async () => {
  world = await seedTwoCustomers();
});

const named = (contracts: readonly AnyContract[]) => contracts.map((contract) => ({ name: contract.id, contract }));
const withBody = named(allContracts.filter((contract) => contract.body));
const withQuery = named(allContracts.filter((contract) => contract.query));

/** The owner's own call, with some of it replaced. */
function send(contract: AnyContract, replaced: Partial<ApiCall>): Promise<ApiAnswer> {
  const call = callAt(world, contract, contract.path);
  return callApi({ ...call, ...replaced, headers: { ...asOwner(world, contract), ...replaced.headers } });
}

const issuesOf = (answer: ApiAnswer): FieldIssue[] => (answer.envelope?.payload as { issues?: FieldIssue[] } | undefined)?.issues ?? [];

/** Refused with the code, a sentence, and an issue for the field where one is named. */
async function refused(contract: AnyContract, replaced: Partial<ApiCall>, expected: { status: number; code: string; field?: string }): Promise<void> {
  const answer = await send(contract, replaced);
  expect({ status: answer.status, code: answer.envelope?.code }).toEqual({ status: expected.status, code: expected.code });
  expect(answer.envelope?.message).toMatch(/^[A-Z].*\.$/s);
  if (expected.field) expect(issuesOf(answer).map((issue) => issue.field)).toContain(expected.field);
  for (const issue of issuesOf(answer)) expect(issue.message).toMatch(/\S/);
}

/** What the calls write: nothing. */
async function nothingIsWritten(calls: () => Promise<void>): Promise<void> {
  const before = await databaseDigest();
  await calls();
  expect(await databaseDigest()).toEqual(before);
}

describe('a body', () => {
  it.each(withBody)('that is not what $name takes is refused, and nothing is written', ({ contract }) =>
    nothingIsWritten(async () => {
      const example = contract.example as Record<string, unknown>;
      await refused(contract, { body: { ...example, surprise: 1 } }, { status: 422, code: 'invalid_request', field: 'surprise' });
      await refused(contract, { body: '{"__proto__": {"admin": true}, "surprise": 1}' }, { status: 422, code: 'invalid_request' });
      for (const whole of ['[]', 'null', '"text"', '1', '{}']) {
        if (whole === '{}' && contract.body?.safeParse({}).success) continue;
        await refused(contract, { body: whole }, { status: 422, code: 'invalid_request' });
      }
      for (const malformed of ['{', '', '{"a":1,}', 'undefined', '{"a":1}{"b":2}', '\u0000', '['.repeat(30_000)]) {
        await refused(contract, { body: malformed }, { status: 400, code: 'malformed_body' });
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx']) {
        await refused(contract, { headers: { 'content-type': type } }, { status: 415, code: 'unsupported_media_type' });
      }
    }));

  it.each(withBody)('of 5 MB is refused by $name', ({ contract }) =>
    nothingIsWritten(async () => {
      await refused(contract, { body: { filler: 'x'.repeat(5 * 1024 * 1024) } }, { status: 413, code: 'body_too_large' });
    }));

  /** Values that no field of ours takes, whatever it is called. */
  const nonsense: unknown[] = [[], [[]], { $ne: null }, 'x'.repeat(20_000)];
  /** Usage is answered event by event; other lists may be empty. */
  const nonsenseFor = (field: string) => (field === 'events' ? [] : ['origins', 'invoiceEmails', 'recipients'].includes(field) ? nonsense.slice(1) : nonsense);
  /** Values that some fields take and others refuse. */
  const odd: unknown[] = [{}, null, true, '\u0000', '\ud800', 0, -1, 1.5, 1e308, 9_007_199_254_740_993, '', ' ', '-1', '1.5', '9223372036854775808', "'; drop table account; --", '2026-02-30', '../../etc/passwd'];

  it.each(withBody)('with a field of the wrong kind never breaks $name', async ({ contract }) => {
    const example = contract.example as Record<string, unknown>;
    const forms = contract.body ? formsOf(jsonSchemaOf(contract.body, 'input')) : [];
    const fields = new Set(forms.flatMap((form) => Object.keys(form.properties ?? {})));
    const sent = (field: string, value: unknown) => send(contract, { body: { ...example, [field]: value } });
    await nothingIsWritten(async () => {
      for (const field of fields) {
        for (const value of nonsenseFor(field)) {
          const answer = await sent(field, value);
          expect({ field, value: String(value).slice(0, 20), status: answer.status }).toEqual({ field, value: String(value).slice(0, 20), status: expect.toSatisfy(isRefusal) });
        }
      }
    });
    for (const field of fields) {
      for (const value of odd) {
        const answer = await sent(field, value);
        expect({ field, value, status: answer.status, text: answer.status < 500 || answer.text }).toMatchObject({ field, value, text: true });
      }
    }
  });
});

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

describe('a query', () => {
  it.each(withQuery)('with an unknown or doubled name is refused by $name', ({ contract }) =>
    nothingIsWritten(async () => {
      const { query } = callAt(world, contract, contract.path);
      await refused(contract, { query: { ...query, surprise: '1' } }, { status: 422, code: 'invalid_request', field: 'surprise' });
      const [first] = Object.keys(querySchema(contract).properties ?? {});
      if (first) await refused(contract, { query: { ...query, [first]: ['1', '2'] } }, { status: 422, code: 'invalid_request', field: first });
    }));

  it.each(withQuery)('with nonsense never breaks $name', async ({ contract }) => {
    const { query } = callAt(world, contract, contract.path);
    for (const field of Object.keys(querySchema(contract).properties ?? {})) {
      for (const value of ['', ' ', '\u0000', '-1', '1.5', '1e99', 'x'.repeat(5_000), "' or 1=1 --", '2026-02-30', '99999-01-01', '0000-01-01', '[object Object]', '\ud800']) {
        const answer = await send(contract, { query: { ...query, [field]: value } });
        expect({ field, value: value.slice(0, 20), status: answer.status, text: answer.status < 500 || answer.text }).toMatchObject({ field, text: true });
      }
    }
  });

  const lists = withQuery.filter(({ contract }) => querySchema(contract).properties?.pageSize);
  it.each(lists)('for a page that $name has not is refused', ({ contract }) =>
    nothingIsWritten(async () => {
      const { query } = callAt(world, contract, contract.path);
      for (const pageSize of ['1000000', '101', '0', '-1', '1.5', 'many']) {
        await refused(contract, { query: { ...query, pageSize } }, { status: 422, code: 'invalid_request', field: 'pageSize' });
      }
      for (const page of ['0', '-1', '1.5', 'first', '1e9']) {
        await refused(contract, { query: { ...query, page } }, { status: 422, code: 'invalid_request', field: 'page' });
      }
    }));

  const ranges = withQuery.filter(({ contract }) => querySchema(contract).properties?.from);
  it.each(ranges)('for days that do not exist is refused by $name', ({ contract }) =>
    nothingIsWritten(async () => {
      const { query } = callAt(world, contract, contract.path);
      for (const from of ['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-1', '21.11.2026', 'yesterday']) {
        await refused(contract, { query: { ...query, from } }, { status: 422, code: 'invalid_request', field: 'from' });
      }
      const answer = await send(contract, { query: { ...query, from: '2026-03-02', to: '2026-03-01' } });
      expect({ status: answer.status, code: answer.envelope?.code, issues: issuesOf(answer).length > 0 }).toEqual({ status: 422, code: 'invalid_request', issues: true });
    }));
});

describe('a path', () => {
  const withParameters = named(allContracts.filter((contract) => contract.params));
  it.each(withParameters)('with nonsense in it is not found or refused by $name', async ({ contract }) => {
    const { params = {} } = callAt(world, contract, contract.path);
    for (const parameter of Object.keys(params)) {
      for (const value of ['\u0000', 'x'.repeat(5_000), '../../etc', "' or 1=1 --", '%00', '💥', ' ']) {
        const answer = await send(contract, { params: { ...params, [parameter]: value } });
        expect({ parameter, value: value.slice(0, 20), status: answer.status }).toMatchObject({ parameter, status: expect.toSatisfy((status: number) => status === 404 || status === 422) });
      }
    }
  });
});

describe('an Idempotency-Key', () => {
  const posts = named(allContracts.filter((contract) => contract.method === 'POST' && contract.permission !== 'public'));
  it.each(posts)('that is none is refused by $name', ({ contract }) =>
    nothingIsWritten(async () => {
      for (const key of ['with space', 'x'.repeat(201), 'tab\tinside']) {
        await refused(contract, { headers: { 'idempotency-key': key } }, { status: 422, code: 'invalid_request', field: 'Idempotency-Key' });
      }
    }));
});
