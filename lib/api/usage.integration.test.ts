import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/auth/api-keys';
import type { Permission } from '@/lib/auth/permissions';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { systemClock } from '@/lib/core/clock';
import { database, disconnect } from '@/lib/core/database';
import type { AnyContract } from '@/lib/http/contract';
import { parseJson } from '@/lib/http/json';
import { openFastLane } from '@/lib/http/fast-lane';
import { nodeDoor } from '@/lib/http/node-door';
import { routes } from '@/lib/http/routes';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { productContracts } from '.';
import { checkQuotaContract, consumeQuotaContract, readQuotaContract } from './quota';
import { recordUsageContract, usageDetailContract, usageExportContract, usageSeriesContract, usageSummaryContract } from './usage';

useTestDatabase();
let key: string;
let sellerId: string;
type Door = 'the Next routes' | 'the node door' | 'the fast lane';
let door: Door = 'the Next routes';
const servers = new Map<Door, Server>();
const originOf = (one: Door): string => `http://127.0.0.1:${(servers.get(one)?.address() as AddressInfo).port}`;
const all: readonly Permission[] = ['quota:read', 'quota:write', 'usage:read', 'usage:write'];

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
  const open = nodeDoor(productContracts);
  for (const one of ['the node door', 'the fast lane'] as const) {
    const server = createServer((request, response) => {
      if (!open(request, response)) response.writeHead(404).end();
    });
    if (one === 'the fast lane') openFastLane(server, productContracts, 0);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.set(one, server);
  }
});
afterAll(async () => {
  for (const server of servers.values()) server.close();
  await drainQuotaEngine();
  await disconnect();
});

async function customer(scopes: readonly Permission[] = all) {
  const { context } = await seedAccount(sellerId, systemClock.now());
  await createSubscription(context, { planKey: 'pro', interval: 'month' });
  const { text } = await createApiKey({ sellerId, accountId: context.accountId, name: 'test', scopes, expiresAt: null }, systemClock);
  return { accountId: context.accountId, key: text };
}

interface Sent {
  body?: unknown;
  search?: string;
  headers?: Record<string, string>;
  key?: string;
}

async function send(contract: AnyContract, { body, search = '', headers = {}, key: as = key }: Sent) {
  const byNode = door !== 'the Next routes' && productContracts.includes(contract);
  const origin = byNode ? originOf(door) : 'http://portal.example';
  const request = new Request(`${origin}${contract.path}${search}`, {
    method: contract.method,
    headers: { authorization: `Bearer ${as}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = await (byNode ? fetch(request) : routes(contract)[contract.method](request, { params: Promise.resolve({}) }));
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the test asserts
  return { status: response.status, text, json: (isJson ? parseJson(text) : undefined) as any };
}

const eventCount = (): Promise<number> => database().usageEvent.count();

describe.each<Door>(['the Next routes', 'the node door', 'the fast lane'])('through %s', (one) => {
  beforeAll(async () => {
    door = one;
    ({ key } = await customer());
  });

  describe('POST /api/quota/consume', () => {
    it('carries numbers past 2^53 to the last digit, there and back', async () => {
      const other = await customer();
      const answer = await send(consumeQuotaContract, { key: other.key, body: '{"feature":"tokens","quantity":9007199254740993}' });
      expect(answer.text).toContain('"used":9007199254740993');
      expect((await send(readQuotaContract, { key: other.key, search: '?feature=tokens' })).text).toContain('"used":9007199254740993');
      expect((await send(usageSummaryContract, { key: other.key })).text).toContain('"used":9007199254740993');
      const today = systemClock.now().toISOString().slice(0, 10);
      expect((await send(usageSeriesContract, { key: other.key, search: `?from=${today}&to=${today}&feature=tokens` })).text).toContain('"total":9007199254740993');
      expect((await send(usageDetailContract, { key: other.key, search: `?from=${today}&to=${today}` })).text).toContain('"quantity":9007199254740993');
      expect((await send(usageExportContract, { key: other.key, search: `?from=${today}&to=${today}` })).text).toContain(',tokens,9007199254740993,');
    });

    it('answers a refusal as a decision, and a repeated key as the first time, by header or body', async () => {
      const first = await send(consumeQuotaContract, { body: { feature: 'realtime_sessions', quantity: 400 }, headers: { 'idempotency-key': 'one' } });
      expect(first).toMatchObject({ status: 200, json: { payload: { allowed: true, used: 400, remaining: 100 } } });
      const refused = await send(consumeQuotaContract, { body: { feature: 'realtime_sessions', quantity: 101 } });
      expect(refused).toMatchObject({ status: 200, json: { success: true, payload: { allowed: false, reason: 'limit_reached', used: 400, remaining: 100 } } });
      const again = await send(consumeQuotaContract, { body: { feature: 'realtime_sessions', quantity: 400, idempotencyKey: 'one' } });
      expect(again.text).toBe(first.text);
      const other = await send(consumeQuotaContract, { body: { feature: 'realtime_sessions', quantity: 1 }, headers: { 'idempotency-key': 'one' } });
      expect(other).toMatchObject({ status: 409, json: { code: 'idempotency_key_reused' } });
      const both = await send(consumeQuotaContract, { body: { feature: 'email', idempotencyKey: 'a' }, headers: { 'idempotency-key': 'b' } });
      expect(both).toMatchObject({ status: 422, json: { payload: { issues: [{ field: 'idempotencyKey' }] } } });
    });

    it.each([
      ['negative', { feature: 'email', quantity: -1 }, 'quantity'],
      ['zero', { feature: 'email', quantity: 0 }, 'quantity'],
      ['fractional', { feature: 'email', quantity: 1.5 }, 'quantity'],
      ['2^63', '{"feature":"email","quantity":9223372036854775808}', 'quantity'],
      ['text', { feature: 'email', quantity: 'many' }, 'quantity'],
      ['no feature', { quantity: 1 }, 'feature'],
      ['a control character', { feature: 'email', model: 'a\u0000b' }, 'model'],
    ])('refuses a body with %s and names the field', async (_, body, field) => {
      const before = await eventCount();
      expect(await send(consumeQuotaContract, { body })).toMatchObject({ status: 422, json: { code: 'invalid_request', payload: { issues: [{ field }] } } });
      expect(await eventCount()).toBe(before);
    });

    it('refuses unknown fields, unknown features, features without a counter and keys without the scope', async () => {
      expect(await send(consumeQuotaContract, { body: { feature: 'email', accountId: 'acc_other' } })).toMatchObject({ status: 422 });
      expect(await send(consumeQuotaContract, { body: { feature: 'nothing' } })).toMatchObject({ status: 404, json: { code: 'unknown_feature' } });
      expect(await send(consumeQuotaContract, { body: { feature: 'members' } })).toMatchObject({ status: 422, json: { code: 'feature_not_metered' } });
      const reader = await customer(['quota:read']);
      expect(await send(consumeQuotaContract, { key: reader.key, body: { feature: 'email' } })).toMatchObject({ status: 403 });
      expect(await send(checkQuotaContract, { key: reader.key, body: { feature: 'tokens', quantity: 1_000_001 } })).toMatchObject({ json: { payload: { allowed: true, policy: 'overage' } } });
    });
  });

  describe('POST /api/usage', () => {
    it('takes 1 000 events with duplicates inside and counts each key once', async () => {
      const other = await customer();
      const events = Array.from({ length: 1000 }, (_, index) => ({ feature: 'ai_chat', quantity: 1 + (index % 2), idempotencyKey: `event-${index % 800}`, model: 'demo "small", 模型' }));
      const first = await send(recordUsageContract, { key: other.key, body: { events } });
      expect(first).toMatchObject({ status: 200, json: { payload: { recorded: 800, duplicate: 200, refused: 0 } } });
      expect(first.json.payload.items).toHaveLength(1000);
      const again = await send(recordUsageContract, { key: other.key, body: { events } });
      expect(again).toMatchObject({ json: { payload: { recorded: 0, duplicate: 1000 } } });
      expect((await send(readQuotaContract, { key: other.key, search: '?feature=ai_chat' })).json.payload.items[0].used).toBe(1200);
    });

    it('refuses what is wrong with one event and takes the others', async () => {
      const answer = await send(recordUsageContract, {
        body: { events: [{ feature: 'email', idempotencyKey: 'ok' }, { feature: 'nothing', idempotencyKey: 'bad' }, { feature: 'email', idempotencyKey: 'old', occurredAt: '2020-01-01T00:00:00Z' }] },
      });
      expect(answer.json.payload).toMatchObject({
        recorded: 1,
        refused: 2,
        items: [{ status: 'recorded' }, { status: 'refused', code: 'unknown_feature', message: expect.stringContaining('No feature') }, { status: 'refused', code: 'event_too_old' }],
      });
    });

    it('takes one event, its key from the header or the body, and makes keys for a batch from the header', async () => {
      expect(await send(recordUsageContract, { body: { feature: 'email', idempotencyKey: 'single' } })).toMatchObject({ json: { payload: { recorded: 1 } } });
      expect(await send(recordUsageContract, { body: { feature: 'email' }, headers: { 'idempotency-key': 'single' } })).toMatchObject({ json: { payload: { duplicate: 1 } } });
      const batch = { body: { events: [{ feature: 'email' }, { feature: 'email' }] }, headers: { 'idempotency-key': 'batch' } };
      expect(await send(recordUsageContract, batch)).toMatchObject({ json: { payload: { recorded: 2 } } });
      expect(await send(recordUsageContract, { body: { feature: 'email' } })).toMatchObject({ status: 422, json: { payload: { issues: [{ field: 'idempotencyKey' }] } } });
    });

    it('gives the same answer to the same Idempotency-Key and body, at once too, and refuses another body', async () => {
      const other = await customer();
      const call = (quantity: number) => send(recordUsageContract, { key: other.key, body: { events: [{ feature: 'email', quantity, idempotencyKey: 'e-1' }, { feature: 'tokens' }] }, headers: { 'idempotency-key': 'once' } });
      const first = await call(2);
      expect(first.json.payload).toMatchObject({ recorded: 2, items: [{ idempotencyKey: 'e-1', status: 'recorded' }, { idempotencyKey: 'once:1' }] });
      for (const again of await Promise.all([call(2), call(2), call(2)])) expect(again.text).toBe(first.text);
      expect(await call(3)).toMatchObject({ status: 409, json: { code: 'idempotency_key_reused' } });

      const together = await Promise.all(
        Array.from({ length: 8 }, () => send(recordUsageContract, { key: other.key, body: { feature: 'email', quantity: 5 }, headers: { 'idempotency-key': 'together' } })),
      );
      expect(new Set(together.map(({ text }) => text)).size).toBe(1);
      expect((await send(readQuotaContract, { key: other.key, search: '?feature=email' })).json.payload.items[0].used).toBe(7);
    });

    it('names the field of the event that is malformed, and writes nothing', async () => {
      const before = await eventCount();
      const answer = await send(recordUsageContract, { body: { events: [{ feature: 'email', idempotencyKey: 'x' }, { feature: 'email', idempotencyKey: 'y', quantity: -2 }] } });
      expect(answer).toMatchObject({ status: 422, json: { payload: { issues: [{ field: 'events.1.quantity' }] } } });
      const many = { events: Array.from({ length: 1001 }, (_, index) => ({ feature: 'email', idempotencyKey: `m${index}` })) };
      expect(await send(recordUsageContract, { body: many })).toMatchObject({ status: 422, json: { payload: { issues: [{ field: 'events' }] } } });
      expect(await send(recordUsageContract, { body: 'x'.repeat(1024 * 1024 + 1) })).toMatchObject({ status: 413 });
      expect(await send(recordUsageContract, { body: { feature: 'email', idempotencyKey: 'z', occurredAt: '2026-02-30T00:00:00Z' } })).toMatchObject({ status: 422 });
      expect(await eventCount()).toBe(before);
    });
  });

  describe('reading usage', () => {
    it.each([
      ['a day that does not exist', usageDetailContract, '?from=2026-02-30&to=2026-03-01', 'from'],
      ['an end before the start', usageDetailContract, '?from=2026-03-02&to=2026-03-01', 'to'],
      ['a page size of a million', usageDetailContract, '?from=2026-03-01&to=2026-03-01&pageSize=1000000', 'pageSize'],
      ['too many days', usageSeriesContract, '?from=2020-01-01&to=2026-03-01', 'to'],
      ['a period that is no moment', usageSummaryContract, '?period=yesterday', 'period'],
    ])('refuses %s', async (_, contract, search, field) => {
      expect(await send(contract, { search })).toMatchObject({ status: 422, json: { payload: { issues: [{ field }] } } });
    });

    it('shows nobody the usage of another account', async () => {
      const other = await customer();
      const today = systemClock.now().toISOString().slice(0, 10);
      expect((await send(usageDetailContract, { key: other.key, search: `?from=${today}&to=${today}` })).json.payload).toMatchObject({ items: [], total: 0 });
      const { json } = await send(usageSummaryContract, { key: other.key });
      expect(json.payload.items.every((item: { used: number }) => item.used === 0)).toBe(true);
      expect(await send(usageSummaryContract, { key: other.key, search: '?period=2020-01-01T00:00:00Z' })).toMatchObject({ status: 404 });
    });
  });

  it('refuses a body that grows too large on the way, and says so', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(64 * 1024));
    let sent = 0;
    const stream = new ReadableStream({
      pull: (controller) => (sent++ < 40 ? controller.enqueue(chunk) : controller.close()),
    });
    const origin = door === 'the Next routes' ? 'http://portal.example' : originOf(door);
    const init = { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: stream, duplex: 'half' };
    const request = new Request(`${origin}/api/usage`, init as RequestInit);
    const response = await (door !== 'the Next routes' ? fetch(request) : routes(recordUsageContract).POST(request, { params: Promise.resolve({}) }));
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([413, 'body_too_large']);
  });
});
