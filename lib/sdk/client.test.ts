import { describe, expect, it } from 'vitest';
import { MadeUpPortal } from '@/lib/testing/made-up-portal';
import { TestClock } from '@/lib/testing/test-clock';
import { PortalClient, type ClientOptions } from './client';
import { PortalAnswerError, PortalUnreachableError, QuotaRefusedError } from './errors';

function connected(limit = 100, options: Partial<ClientOptions> = {}) {
  const portal = new MadeUpPortal(limit);
  const clock = new TestClock();
  let keys = 0;
  const client = new PortalClient({
    baseUrl: 'http://portal.example/', apiKey: 'cpk_demo', closeAtExit: false, fetch: portal.fetch, clock, random: () => 0.5,
    newKey: () => `key-${(keys += 1)}`, ...options,
  });
  return { portal, clock, client };
}

describe('a call', () => {
  it('carries the key of the product and a key of its own, and answers with the decision', async () => {
    const { portal, client } = connected(10, { account: 'acc_1' });
    expect(await client.consume({ feature: 'api_calls', quantity: 4n, model: 'demo-small' })).toMatchObject({
      allowed: true, reason: null, quantity: 4n, limit: 10n, used: 4n, held: 0n, remaining: 6n, resetsAt: new Date('2026-04-01T00:00:00Z'), event: null,
    });
    const [{ path, body, headers } = { path: '', body: {}, headers: new Headers() }] = portal.received;
    expect(path).toBe('/api/quota/consume');
    expect(body).toEqual({ feature: 'api_calls', quantity: '4', model: 'demo-small', idempotencyKey: 'key-1' });
    expect([headers.get('authorization'), headers.get('portal-account')]).toEqual(['Bearer cpk_demo', 'acc_1']);
    expect(await client.consume({ feature: 'api_calls', quantity: 7 })).toMatchObject({ allowed: false, reason: 'limit_reached', used: 4n });
  });

  it('reads counts past 2^53 to the last digit', async () => {
    const text = '{"success":true,"code":"ok","message":"12345678901234567890","payload":{"feature":"f","allowed":true,"used":9007199254740993}}';
    const { client } = connected(1, { fetch: async () => new Response(text) });
    expect(await client.check({ feature: 'f' })).toMatchObject({ used: 9007199254740993n });
  });

  it('is sent again with the same key when its answer is lost, and counts once', async () => {
    const { portal, clock, client } = connected();
    portal.mishaps.push('lost answer', 'no connection');
    expect(await clock.until(client.consume({ feature: 'api_calls' }))).toMatchObject({ allowed: true, used: 1n });
    expect(portal.used).toBe(1);
    expect(portal.received.map(({ body }) => body.idempotencyKey)).toEqual(['key-1', 'key-1']);
  });

  it('waits as long as the portal asks for', async () => {
    const { portal, clock, client } = connected();
    portal.mishaps.push({ status: 503, code: 'overloaded', headers: { 'retry-after': '7' } });
    await clock.until(client.consume({ feature: 'api_calls' }));
    expect(clock.now()).toBe(7_000);
  });

  it('gives up after four times, with the code and the request of the last answer', async () => {
    const { portal, clock, client } = connected();
    const busy = { status: 503, code: 'overloaded', payload: { requestId: 'req_9' } };
    portal.mishaps.push(busy, busy, busy, busy, busy);
    const error = await clock.until(client.check({ feature: 'api_calls' }).catch((failure: unknown) => failure));
    expect(error).toBeInstanceOf(PortalAnswerError);
    expect(error).toMatchObject({ code: 'overloaded', status: 503, requestId: 'req_9' });
    expect(portal.received).toHaveLength(4);
  });

  it('is not sent again when the request itself is refused', async () => {
    const { portal, client } = connected();
    portal.mishaps.push({ status: 404, code: 'unknown_feature', payload: { requestId: 'req_2' } });
    await expect(client.consume({ feature: 'unknown' })).rejects.toMatchObject({ code: 'unknown_feature', status: 404, requestId: 'req_2' });
    expect(portal.received).toHaveLength(1);
  });

  it('ends when no answer comes in time', async () => {
    const hanging: typeof fetch = (_, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const { clock, client } = connected(1, { fetch: hanging, attempts: 1, timeoutMs: 500 });
    const error = await clock.until(client.check({ feature: 'api_calls' }).catch((failure: unknown) => failure));
    expect(error).toBeInstanceOf(PortalUnreachableError);
    expect(error).toMatchObject({ code: 'unreachable', cause: { message: 'No answer within 500 ms.' } });
  });
});

describe('work under a reservation', () => {
  it('commits what it reports and returns the rest', async () => {
    const { portal, client } = connected();
    const answer = await client.withReservation({ feature: 'tokens', quantity: 50 }, (reserved) => {
      expect(portal.heldUnits).toBe(50);
      reserved.report(12, { model: 'demo-large' });
      return 'the answer';
    });
    expect([answer, portal.used, portal.heldUnits]).toEqual(['the answer', 12, 0]);
    expect(portal.received.at(-1)?.body).toEqual({ reservation: 'held1', quantity: '12', model: 'demo-large' });
  });

  it('commits all that was held when it reports nothing', async () => {
    const { portal, client } = connected();
    await client.withReservation({ feature: 'tokens', quantity: 5 }, () => undefined);
    expect(portal.used).toBe(5);
  });

  it('returns everything when it throws, and lets the error through', async () => {
    const { portal, client } = connected();
    const failing = client.withReservation({ feature: 'tokens', quantity: 5 }, () => Promise.reject(new Error('the model failed')));
    await expect(failing).rejects.toThrow('the model failed');
    expect([portal.used, portal.heldUnits]).toEqual([0, 0]);
  });

  it('is not begun when there is not enough', async () => {
    const { client } = connected(4);
    const refused = await client.withReservation({ feature: 'tokens', quantity: 5 }, () => expect.unreachable()).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(QuotaRefusedError);
    expect(refused).toMatchObject({ code: 'limit_reached', decision: { remaining: 4n } });
  });

  it('counts what was used beyond the limit as usage that has happened', async () => {
    const { portal, client } = connected(50);
    await client.withReservation({ feature: 'tokens', quantity: 50 }, (reserved) => reserved.report(60));
    expect([portal.used, portal.heldUnits]).toEqual([50, 0]);
    expect([...portal.recorded]).toEqual([['beyond held1', 10]]);
  });
});

describe('a client', () => {
  it('refuses to be made in a browser', () => {
    const browser = globalThis as { window?: unknown };
    browser.window = { document: {} };
    try {
      expect(() => connected()).toThrow(/Node only/);
    } finally {
      delete browser.window;
    }
  });
});
