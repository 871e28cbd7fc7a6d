import { describe, expect, it } from 'vitest';
import { clientsFor, orderBody, refusal, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 3_600_000 });

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${held.sandbox.url}/_control${path}`, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

describe('controls over HTTP', () => {
  it('add faults, look in, and end tokens', async () => {
    await control('POST', '/faults', { match: { path: '/v2/checkout/orders' }, fault: 'error_503' });
    expect(await refusal(held.orders.createOrder({ body: orderBody('1.00') }))).toMatchObject({ status: 503 });
    await held.orders.createOrder({ body: orderBody('1.00') });
    expect((await control('GET', '/state')).answer).toMatchObject({ counts: { order: 1 }, faults: [] });
    expect((await control('GET', '/requests')).answer).toEqual(expect.arrayContaining([expect.objectContaining({ path: '/v2/checkout/orders', status: 503, fault: 'error_503' })]));
    await control('POST', '/tokens/expire', {});
    // The SDK goes on with the token that it holds.
    await expect(held.orders.createOrder({ body: orderBody('1.00') })).rejects.toMatchObject({ statusCode: 401 });
    held.sandbox.reset();
  });

  it('approve an order, settle its payment and dispute it', async () => {
    const { orders, payments } = clientsFor(held.sandbox);
    const { result } = await orders.createOrder({ body: orderBody('9.00') });
    expect((await control('POST', `/approvals/${result.id}/approve`, { buyer: 'pending' })).status).toBe(200);
    const captured = await orders.captureOrder({ id: result.id!, prefer: 'return=representation' });
    const captureId = captured.result.purchaseUnits![0]!.payments!.captures![0]!.id!;
    await control('POST', `/captures/${captureId}/settle`, {});
    expect((await payments.getCapturedPayment({ captureId })).result.status).toBe('COMPLETED');
    const { answer } = await control('POST', `/captures/${captureId}/dispute`, { reason: 'UNAUTHORISED', amountMinor: '500' });
    const { dispute } = answer as { dispute: string };
    await control('POST', `/disputes/${dispute}/close`, { result: 'won' });
    expect(held.sandbox.events().at(-1)).toMatchObject({ event_type: 'CUSTOMER.DISPUTE.RESOLVED', resource: { dispute_id: dispute, dispute_amount: { value: '5.00' } } });
  });

  it('say what is wrong', async () => {
    expect(await control('POST', '/approvals/UNKNOWN/approve', {})).toMatchObject({ status: 400, answer: { error: 'Nothing waits for approval by UNKNOWN.' } });
    expect(await control('POST', '/approvals/UNKNOWN/approve', { buyer: 'nobody' })).toMatchObject({ status: 400 });
    expect(await control('POST', '/disputes/none/close', { result: 'won' })).toMatchObject({ status: 404 });
    expect((await fetch(`${held.sandbox.url}/_control/reset`, { method: 'POST', body: '{}' })).status).toBe(415);
  });
});
