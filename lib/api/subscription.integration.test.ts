import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/auth/api-keys';
import { permissions } from '@/lib/auth/permissions';
import { systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { answer } from '@/lib/http/answer';
import type { AnyContract } from '@/lib/http/contract';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import * as contracts from './subscription';

useTestDatabase();
let sellerId: string;

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  code: string;
  payload: Record<string, unknown> & { invoice?: { id: string; totalMinor: number } | null };
}

/** A customer with an API key, and a way to call the API as a product backend does. */
async function caller(scopes = [...permissions]) {
  const { context } = await seedAccount(sellerId, systemClock.now());
  const key = await createApiKey({ sellerId, accountId: context.accountId, name: 'test', scopes, expiresAt: null }, systemClock);
  return async (contract: AnyContract, body?: unknown, idempotencyKey?: string): Promise<Answer> => {
    const headers: Record<string, string | undefined> = {
      authorization: `Bearer ${key.text}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    };
    const outgoing = await answer(contract, {
      method: contract.method,
      path: contract.path,
      search: '',
      url: new URL(contract.path, 'http://localhost'),
      params: {},
      header: (name) => headers[name.toLowerCase()] ?? null,
      readBody: async () => JSON.stringify(body),
    });
    return { status: outgoing.status, headers: outgoing.headers, ...(JSON.parse(String(outgoing.body)) as { code: string; payload: Answer['payload'] }) };
  };
}

describe('the subscription over HTTP', () => {
  it('is upgraded once for one Idempotency-Key, and the answer is the same', async () => {
    const call = await caller();
    await call(contracts.createSubscriptionContract, { plan: 'free' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(contracts.upgradeSubscriptionContract, { plan: 'pro' }, 'order-1')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ payload }) => payload.invoice?.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotent-replay'])).toHaveLength(4);
    expect(await database().invoice.count({ where: { id: answers[0]?.payload.invoice?.id } })).toBe(1);
    expect(await call(contracts.upgradeSubscriptionContract, { plan: 'enterprise' }, 'order-1')).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
    expect(await call(contracts.upgradeSubscriptionContract, { plan: 'pro' }, 'order-2')).toMatchObject({ status: 409, code: 'same_price' });
  });

  it('charges what its preview answered, by the numbers that were sent back', async () => {
    const call = await caller();
    await call(contracts.createSubscriptionContract, { plan: 'pro' });
    const { payload } = await call(contracts.previewSubscriptionContract, { plan: 'enterprise', interval: 'year' });
    const { effectiveAt, due } = payload as unknown as { effectiveAt: string; due: { totalMinor: number } };
    const confirmed = { plan: 'enterprise', interval: 'year', prorationAt: effectiveAt, expectedTotalMinor: due.totalMinor };
    const { payload: changed } = await call(contracts.upgradeSubscriptionContract, confirmed);
    expect(changed.invoice?.totalMinor).toBe(due.totalMinor);
  });

  it('lives through its whole story', async () => {
    const call = await caller();
    expect(await call(contracts.getSubscriptionContract)).toMatchObject({ status: 404, code: 'no_subscription' });
    expect(await call(contracts.createSubscriptionContract, { plan: 'pro' })).toMatchObject({ payload: { subscription: { active: true }, invoice: { totalMinor: 2999 } } });
    expect(await call(contracts.createSubscriptionContract, { plan: 'pro' })).toMatchObject({ status: 409, code: 'already_subscribed' });
    expect(await call(contracts.downgradeSubscriptionContract, { plan: 'free' })).toMatchObject({
      payload: { subscription: { plan: { key: 'pro' }, pendingPrice: { plan: { key: 'free' } } }, invoice: null },
    });
    expect(await call(contracts.cancelSubscriptionContract, {})).toMatchObject({ payload: { cancelAtPeriodEnd: true, pendingPrice: null } });
    expect(await call(contracts.resumeSubscriptionContract, {})).toMatchObject({ payload: { cancelAtPeriodEnd: false } });
    expect(await call(contracts.resumeSubscriptionContract, {})).toMatchObject({ status: 409, code: 'invalid_transition' });
    expect(await call(contracts.listSubscriptionsContract)).toMatchObject({ payload: { total: 1 } });
  });

  it.each([
    [{ plan: 'pro', price: 1 }, 'body'],
    [{ plan: '' }, 'plan'],
    [{ plan: 'pro', interval: 'fortnight' }, 'interval'],
    [{ plan: 'pro', interval: 'month', intervalCount: 1.5 }, 'intervalCount'],
    [{ plan: 'pro', prorationAt: '2026-02-30T00:00:00Z' }, 'prorationAt'],
    [{ plan: 'pro', expectedTotalMinor: -1 }, 'expectedTotalMinor'],
    [{ plan: 'pro', expectedTotalMinor: 29.99 }, 'expectedTotalMinor'],
  ])('refuses %j and names %s', async (body, field) => {
    const call = await caller();
    await call(contracts.createSubscriptionContract, { plan: 'free' });
    const { status, code, payload } = await call(contracts.upgradeSubscriptionContract, body);
    expect({ status, code }).toEqual({ status: 422, code: 'invalid_request' });
    expect(JSON.stringify(payload.issues)).toContain(field === 'body' ? 'price' : field);
    expect(await call(contracts.getSubscriptionContract)).toMatchObject({ payload: { plan: { key: 'free' } } });
  });

  it('is not changed by a key that may only read', async () => {
    const call = await caller(['subscription:read']);
    expect(await call(contracts.createSubscriptionContract, { plan: 'pro' })).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await call(contracts.previewSubscriptionContract, { plan: 'pro' })).toMatchObject({ status: 200, payload: { direction: 'begin', from: null, due: { totalMinor: 2999 } } });
    expect(await call(contracts.getSubscriptionContract)).toMatchObject({ status: 404, code: 'no_subscription' });
  });
});
