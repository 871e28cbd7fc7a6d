import { beforeAll, describe, expect, it } from 'vitest';
import { callApi } from '@/lib/testing/api';
import { as } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { keyFor } from '@/lib/testing/two-customers';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { systemClock } from '@/lib/core/clock';

useTestDatabase();
const billing = '/api/v1/billing';
let sellerId: string;
let sellerKey: string;
let accountId: string;
let key: string;

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
  accountId = (await seedAccount(sellerId, systemClock.now())).context.accountId;
  sellerKey = await keyFor(sellerId, null);
  key = await keyFor(sellerId, accountId);
});

async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, options: { seller?: boolean; params?: Record<string, string>; key?: string } = {}) {
  const headers = { ...(options.seller ? as(sellerKey, accountId) : as(key)), ...(options.key && { 'idempotency-key': options.key }) };
  const answer = await callApi({ method, address: billing + path, headers, ...(options.params && { params: options.params }), ...(body !== undefined && { body }) });
  return { status: answer.status, code: answer.envelope?.code, payload: answer.envelope?.payload as Record<string, never> & { due: { totalMinor: number }; effectiveAt: string } };
}

const negotiated = {
  name: { en: 'Negotiated', zh: '专属方案' },
  rank: 15,
  prices: [{ currency: 'USD', interval: 'month', amountMinor: 10_000, setupFeeMinor: 2_500, unitPrices: [{ feature: 'agent_seats', included: 10, scheme: { kind: 'volume', tiers: [{ upTo: 10, unitAmount: '9' }, { upTo: null, unitAmount: '8.5' }] } }] }],
  entitlements: { agent_seats: { limit: 10 }, storage_gb: { limit: 5 } },
  exclusive: true,
};

describe('the catalog over HTTP', () => {
  it('is edited by the seller’s key, seen by the customer it is for, bought and changed as previewed', async () => {
    const params = { key: 'demo-negotiated' };
    expect(await call('PUT', '/plans/{key}', negotiated, { params })).toMatchObject({ status: 403 });
    expect(await call('PUT', '/plans/{key}', negotiated, { params, seller: true })).toMatchObject({ status: 200, payload: { exclusive: true, plan: { version: 1 } } });
    expect(await call('GET', '/plans/{key}', undefined, { params })).toMatchObject({ payload: { prices: [{ setupFeeMinor: 2_500, unitPrices: [{ included: 10, scheme: { kind: 'volume' } }] }] } });

    const coupon = { code: 'demo-half', name: { en: 'Half', zh: '五折' }, percentage: '50', cycles: 2, plans: ['demo-negotiated'] };
    expect(await call('POST', '/coupons', coupon, { seller: true })).toMatchObject({ status: 200, payload: { code: 'DEMO-HALF', redeemed: 0 } });
    const begun = await call('POST', '/subscription', { plan: 'demo-negotiated', coupon: 'Demo-Half' });
    // 100.00 − 50.00 + 25.00
    expect(begun).toMatchObject({ payload: { invoice: { totalMinor: 7_500 }, subscription: { coupon: { code: 'DEMO-HALF', cyclesUsed: 1, cyclesLeft: 1 } } } });
    expect(await call('GET', '/coupons', undefined, { seller: true })).toMatchObject({ payload: { items: [{ redeemed: 1 }] } });

    const wanted = { feature: 'agent_seats', quantity: 21 };
    const preview = await call('POST', '/subscription/quantity/preview', wanted);
    // 11 further seats fall into the second tier: 11 × 8.50 = 93.50; half of 193.50 off
    expect(preview).toMatchObject({ status: 200, payload: { takesEffect: 'now', items: [{ key: 'agent_seats', quantity: 21 }], next: { totalMinor: 9_675 } } });
    const confirmed = { ...wanted, prorationAt: preview.payload.effectiveAt, expectedTotalMinor: preview.payload.due.totalMinor };
    const changed = await call('POST', '/subscription/quantity', confirmed, { key: 'order-1' });
    expect(changed).toMatchObject({ payload: { invoice: { totalMinor: preview.payload.due.totalMinor } } });
    expect(await call('POST', '/subscription/quantity', confirmed, { key: 'order-1' })).toEqual(changed);
    expect(await call('POST', '/subscription/quantity', wanted)).toMatchObject({ status: 409, code: 'same_quantity' });

    expect(await call('DELETE', '/plans/{key}', undefined, { params, seller: true })).toMatchObject({ status: 200 });
    expect(await call('GET', '/plans/{key}', undefined, { params })).toMatchObject({ status: 404, code: 'unknown_plan' });
    expect(await call('GET', '/subscription')).toMatchObject({ payload: { plan: { key: 'demo-negotiated' }, items: [{ quantity: 21 }] } });
  });

  it('refuses an add-on of another plan, and offers one by contract', async () => {
    expect(await call('POST', '/subscription/addons/preview', { addon: 'priority_support', quantity: 1 })).toMatchObject({ status: 422, code: 'addon_not_offered' });
    const addon = { name: { en: 'Room', zh: '空间' }, prices: [{ currency: 'USD', interval: 'month', scheme: { kind: 'package', size: 10, amount: '3' } }], grants: { storage_gb: 1 } };
    expect(await call('PUT', '/addons/{key}', addon, { params: { key: 'room' }, seller: true })).toMatchObject({ status: 200, payload: { version: 1 } });
    expect(await call('POST', '/subscription/addons', { addon: 'room', quantity: 11 })).toMatchObject({ status: 200, payload: { subscription: { items: [{}, { kind: 'addon', key: 'room', quantity: 11 }] } } });
    expect(await call('POST', '/subscription/addons', { addon: 'room', quantity: 0 })).toMatchObject({ payload: { invoice: null, subscription: { items: [{}, { pendingQuantity: 0 }] } } });
    expect(await call('POST', '/subscription/coupon', { code: 'NONE-SUCH' })).toMatchObject({ status: 404, code: 'unknown_coupon' });
  });

  it.each([
    ['tiers out of order', { tiers: [{ upTo: 5, unitAmount: '1' }, { upTo: 5, unitAmount: '1' }, { upTo: null, unitAmount: '1' }] }],
    ['a last tier with an end', { tiers: [{ upTo: 5, unitAmount: '1' }] }],
    ['no tiers', { tiers: [] }],
    ['more than twelve decimals', { tiers: [{ upTo: null, unitAmount: '0.0000000000001' }] }],
  ])('refuses %s', async (_, tiers) => {
    const prices = [{ currency: 'USD', interval: 'month', scheme: { kind: 'graduated', ...tiers } }];
    expect(await call('PUT', '/addons/{key}', { name: { en: 'Bad', zh: '错误' }, prices }, { params: { key: 'bad' }, seller: true })).toMatchObject({ status: 422, code: 'invalid_request' });
  });
});
