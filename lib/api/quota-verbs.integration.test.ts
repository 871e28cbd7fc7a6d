import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { listChanges } from '@/lib/audit/list-changes';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { callApi } from '@/lib/testing/api';
import { useTestDatabase } from '@/lib/testing/database';
import { startProductServer, type ProductServer } from '@/lib/testing/product-server';
import { as } from '@/lib/testing/contract-call';
import { keyFor } from '@/lib/testing/two-customers';

useTestDatabase();
let sellerId: string;
let server: ProductServer;
let context: Context;
let key: string;

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
  server = await startProductServer();
});
afterAll(async () => {
  await server.close();
  await drainQuotaEngine();
  await disconnect();
});

interface Told {
  status: number;
  code: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the test asserts
  payload: any;
}

type Call = (address: string, body: object, params?: Record<string, string>, headers?: Record<string, string>) => Promise<Told>;

const throughRoutes: Call = async (address, body, params = {}, headers = {}) => {
  const { status, envelope } = await callApi({ method: 'POST', address, params, body, headers: { ...as(key), ...headers } });
  return { status, code: envelope?.code ?? '', payload: envelope?.payload };
};

const throughNode: Call = async (address, body, params = {}, headers = {}) => {
  const path = address.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const response = await fetch(`${server.origin}${path}`, { method: 'POST', headers: { ...as(key), 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const { code, payload } = (await response.json()) as Told;
  return { status: response.status, code, payload };
};

describe.each([['the Next routes', throughRoutes], ['the node door', throughNode]] as const)('through %s', (_, call) => {
  /** A customer on the Free plan: 10 000 tokens, refused past them, and one seat. */
  beforeEach(async () => {
    const account = await seedAccount(sellerId, systemClock.now());
    context = { ...account.context, clock: systemClock };
    await createSubscription(context, { planKey: 'free', interval: 'month' });
    key = await keyFor(sellerId, context.accountId);
  });

  describe('a reservation', () => {
    it('holds units, which count against the limit, and gives back what was not used', async () => {
      const reserved = await call('/api/quota/reserve', { feature: 'tokens', quantity: 8_000 });
      expect(reserved).toMatchObject({ status: 200, payload: { allowed: true, used: 0, held: 8_000, remaining: 2_000, event: null, reservation: { status: 'held', quantity: 8_000 } } });
      expect(await call('/api/quota/consume', { feature: 'tokens', quantity: 2_001 })).toMatchObject({ payload: { allowed: false, reason: 'limit_reached', remaining: 2_000 } });
      const { id } = reserved.payload.reservation;
      const committed = await call('/api/quota/commit', { reservation: id, quantity: 1_250, model: 'demo-small' });
      expect(committed).toMatchObject({ status: 200, payload: { allowed: true, quantity: 1_250, used: 1_250, held: 0, remaining: 8_750, event: expect.stringMatching(/^evt_/), reservation: { id, status: 'committed' } } });
      expect(await call('/api/quota/commit', { reservation: id, quantity: 1_250 })).toEqual(committed);
      expect(await call('/api/quota/commit', { reservation: id, quantity: 1_251 })).toMatchObject({ status: 409, code: 'reservation_settled' });
      expect(await call('/api/quota/release', { reservation: id })).toMatchObject({ status: 409, code: 'reservation_settled' });
    });

    it('is made once for a key, in the body or the header', async () => {
      const first = await call('/api/quota/reserve', { feature: 'tokens', quantity: 100, idempotencyKey: 'work-1' });
      expect(await call('/api/quota/reserve', { feature: 'tokens', quantity: 100 }, {}, { 'idempotency-key': 'work-1' })).toEqual(first);
      expect(await call('/api/quota/reserve', { feature: 'tokens', quantity: 101, idempotencyKey: 'work-1' })).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
    });

    it('that there is no room for is refused', async () => {
      expect(await call('/api/quota/reserve', { feature: 'tokens', quantity: 10_001 })).toMatchObject({ status: 200, payload: { allowed: false, reason: 'limit_reached', held: 0, reservation: null } });
    });

    it('commits more than it holds where there is room, and else stays as it is', async () => {
      const { payload } = await call('/api/quota/reserve', { feature: 'tokens', quantity: 9_000 });
      const { id } = payload.reservation;
      expect(await call('/api/quota/commit', { reservation: id, quantity: 10_001 })).toMatchObject({ status: 200, payload: { allowed: false, held: 9_000, event: null, reservation: { status: 'held' } } });
      expect(await call('/api/quota/commit', { reservation: id, quantity: 10_000 })).toMatchObject({ payload: { allowed: true, used: 10_000, held: 0 } });
    });

    it('is released, twice if need be', async () => {
      const { payload } = await call('/api/quota/reserve', { feature: 'tokens', quantity: 500 });
      for (const attempt of [1, 2]) {
        const released = await call('/api/quota/release', { reservation: payload.reservation.id });
        expect([attempt, released]).toMatchObject([attempt, { status: 200, payload: { reservation: { status: 'released', quantity: 500 } } }]);
      }
      expect(await call('/api/quota/check', { feature: 'tokens' })).toMatchObject({ payload: { used: 0, held: 0 } });
    });

    it('of somebody else, or of none, is not found', async () => {
      const { payload } = await call('/api/quota/reserve', { feature: 'tokens', quantity: 500 });
      const other = await seedAccount(sellerId, systemClock.now());
      key = await keyFor(sellerId, other.context.accountId);
      for (const reservation of [payload.reservation.id, 'res_none', payload.reservation.id.replace('res_', 'lease_')]) {
        expect(await call('/api/quota/commit', { reservation })).toMatchObject({ status: 404, code: 'not_found' });
        expect(await call('/api/quota/release', { reservation })).toMatchObject({ status: 404, code: 'not_found' });
      }
    });

    it('of a level or of a feature that does not exist is refused', async () => {
      expect(await call('/api/quota/reserve', { feature: 'agent_seats' })).toMatchObject({ status: 422, code: 'feature_not_metered' });
      expect(await call('/api/quota/lease', { feature: 'agent_seats', quantity: 1 })).toMatchObject({ status: 422, code: 'feature_not_metered' });
      expect(await call('/api/quota/reserve', { feature: 'none' })).toMatchObject({ status: 404, code: 'unknown_feature' });
    });
  });

  describe('a lease', () => {
    it('takes what is left, down to the minimum, and returns what was not used', async () => {
      await call('/api/quota/consume', { feature: 'tokens', quantity: 9_500 });
      const leased = await call('/api/quota/lease', { feature: 'tokens', quantity: 2_000 });
      expect(leased).toMatchObject({ status: 200, payload: { allowed: true, held: 500, lease: { id: expect.stringMatching(/^lease_/), quantity: 500 } } });
      expect(await call('/api/quota/lease', { feature: 'tokens', quantity: 10 })).toMatchObject({ payload: { allowed: false, reason: 'limit_reached', lease: null } });
      const { id } = leased.payload.lease;
      expect(await call('/api/quota/lease/{id}/settle', { used: 501 }, { id })).toMatchObject({ status: 422, code: 'invalid_request', payload: { issues: [{ field: 'used' }] } });
      const settled = await call('/api/quota/lease/{id}/settle', { used: 120 }, { id });
      expect(settled).toMatchObject({ status: 200, payload: { lease: { id, status: 'settled', quantity: 500, used: 120, returned: 380 } } });
      expect(await call('/api/quota/lease/{id}/settle', { used: 120 }, { id })).toEqual(settled);
      expect(await call('/api/quota/lease/{id}/settle', { used: 121 }, { id })).toMatchObject({ status: 409, code: 'reservation_settled' });
      expect(await call('/api/quota/check', { feature: 'tokens' })).toMatchObject({ payload: { used: 9_620, held: 0 } });
    });

    it('below its minimum is refused', async () => {
      expect(await call('/api/quota/lease', { feature: 'tokens', quantity: 20_000, minimum: 10_001 })).toMatchObject({ payload: { allowed: false, lease: null } });
      expect(await call('/api/quota/lease', { feature: 'tokens', quantity: 5, minimum: 6 })).toMatchObject({ status: 422, payload: { issues: [{ field: 'minimum' }] } });
    });
  });

  describe('a level', () => {
    it('goes up to what is granted and down to zero', async () => {
      expect(await call('/api/quota/level', { feature: 'agent_seats', set: 1 })).toMatchObject({ status: 200, payload: { allowed: true, used: 1, limit: 1, remaining: 0 } });
      expect(await call('/api/quota/level', { feature: 'agent_seats', increase: 1 })).toMatchObject({ status: 200, payload: { allowed: false, reason: 'limit_reached', used: 1 } });
      expect(await call('/api/quota/level', { feature: 'agent_seats', decrease: 1 })).toMatchObject({ payload: { allowed: true, used: 0, remaining: 1 } });
      expect(await call('/api/quota/level', { feature: 'agent_seats', decrease: 1 })).toMatchObject({ status: 409, code: 'level_below_zero' });
    });

    it('moves once for a key', async () => {
      const change = { feature: 'documents', increase: 5, idempotencyKey: 'upload-1' };
      const first = await call('/api/quota/level', change);
      expect(await call('/api/quota/level', change)).toEqual(first);
      expect(await call('/api/quota/check', { feature: 'documents' })).toMatchObject({ payload: { used: 5 } });
    });

    it('is not what is consumed, and takes one move at a time', async () => {
      expect(await call('/api/quota/level', { feature: 'tokens', set: 1 })).toMatchObject({ status: 422, code: 'feature_not_level' });
      for (const moves of [{}, { set: 1, increase: 1 }, { increase: 0 }, { set: -1 }]) {
        expect(await call('/api/quota/level', { feature: 'agent_seats', ...moves })).toMatchObject({ status: 422, code: 'invalid_request' });
      }
    });
  });

  describe('an event', () => {
    it('is corrected and voided by further events, and the change is in the audit log', async () => {
      const { payload } = await call('/api/quota/consume', { feature: 'tokens', quantity: 1_000, model: 'demo-small' });
      const id = payload.event;
      const corrected = await call('/api/usage/{id}/correct', { quantity: 400, reason: 'Fewer tokens.', idempotencyKey: 'fix-1' }, { id });
      expect(corrected).toMatchObject({ status: 200, payload: { id: expect.stringMatching(/^evt_/), corrects: id, feature: 'tokens', quantity: -600, counts: 400, reason: 'Fewer tokens.' } });
      expect((await call('/api/usage/{id}/correct', { quantity: 400, reason: 'Fewer tokens.', idempotencyKey: 'fix-1' }, { id })).payload).toEqual(corrected.payload);
      expect(await call('/api/quota/check', { feature: 'tokens' })).toMatchObject({ payload: { used: 400 } });
      expect(await call('/api/usage/{id}/void', {}, { id })).toMatchObject({ status: 200, payload: { quantity: -400, counts: 0 } });
      expect(await call('/api/usage/{id}/void', {}, { id })).toMatchObject({ status: 409, code: 'already_voided' });
      expect(await call('/api/quota/check', { feature: 'tokens' })).toMatchObject({ payload: { used: 0 } });
      const actions = (await listChanges(context, { limit: 10 })).items.filter(({ action }) => action.startsWith('usage.'));
      expect(actions.map(({ action, before, after }) => [action, before.quantity, after.quantity])).toEqual([['usage.voided', '400', '0'], ['usage.corrected', '1000', '400']]);
    });

    it('is found by its id whatever it came from', async () => {
      const { payload: keyed } = await call('/api/quota/consume', { feature: 'tokens', quantity: 10, idempotencyKey: 'keyed' });
      const { payload: reserved } = await call('/api/quota/reserve', { feature: 'tokens', quantity: 10, idempotencyKey: 'reserved' });
      const { payload: committed } = await call('/api/quota/commit', { reservation: reserved.reservation.id });
      for (const { event } of [keyed, committed]) {
        expect(await call('/api/usage/{id}/void', {}, { id: event })).toMatchObject({ status: 200, payload: { quantity: -10 } });
      }
      expect(await call('/api/quota/check', { feature: 'tokens' })).toMatchObject({ payload: { used: 0, held: 0 } });
    });

    it('that was recorded late is corrected in its own period', async () => {
      const occurredAt = new Date(systemClock.now().getTime() - 3 * 86_400_000);
      await recordUsage(context, [{ feature: 'tokens', quantity: 70n, occurredAt, idempotencyKey: 'late' }]);
      const answer = await call('/api/usage', { feature: 'tokens', quantity: 70, occurredAt: occurredAt.toISOString(), idempotencyKey: 'late' });
      const [{ event }] = answer.payload.items;
      const corrected = await call('/api/usage/{id}/correct', { quantity: 90 }, { id: event });
      expect(corrected).toMatchObject({ status: 200, payload: { quantity: 20, occurredAt: occurredAt.toISOString() } });
    });

    it('of somebody else, of none, or of a correction is not corrected', async () => {
      const { payload } = await call('/api/quota/consume', { feature: 'tokens', quantity: 10 });
      const { payload: correction } = await call('/api/usage/{id}/correct', { quantity: 9 }, { id: payload.event });
      expect(await call('/api/usage/{id}/void', {}, { id: correction.id })).toMatchObject({ status: 422, code: 'not_correctable' });
      const other = await seedAccount(sellerId, systemClock.now());
      key = await keyFor(sellerId, other.context.accountId);
      for (const id of [payload.event, 'evt_none']) expect(await call('/api/usage/{id}/void', {}, { id })).toMatchObject({ status: 404, code: 'not_found' });
    });
  });
});
