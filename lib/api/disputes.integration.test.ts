import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractText } from 'unpdf';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { adopt } from '@/lib/billing/workflows/adopt/adopt';
import { systemClock } from '@/lib/core/clock';
import { seedSeller } from '@/lib/testing/account';
import { callApi, type ApiCall } from '@/lib/testing/api';
import { as } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { paidInvoice, type PaidInvoice } from '@/lib/testing/paid-invoice';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { keyFor, tokenFor } from '@/lib/testing/two-customers';

useTestDatabase();
const gateway = new ScriptedGateway();
let world: PaidInvoice;
let key: string;

beforeAll(async () => {
  setPaymentGateways([gateway]);
  const sellerId = await seedSeller(systemClock.now());
  world = await paidInvoice(sellerId, systemClock.now());
  key = await keyFor(sellerId, null);
});
afterAll(() => setPaymentGateways([]));

const call = (wanted: Omit<ApiCall, 'headers'>) => callApi({ ...wanted, headers: as(key, world.context.accountId) });
const respond = (address: string, id: string, body?: unknown) => call({ method: 'POST', address: `/api/v1/billing/disputes/{id}/${address}`, params: { id }, ...(body !== undefined && { body }) });

/** The customer's bank disputes the payment. Returns our id of the dispute. */
async function disputed(): Promise<string> {
  const adopted = await adopt({ actor: { kind: 'system', id: 'test' }, clock: systemClock, requestId: 'req_test' }, gateway, { kind: 'dispute', reference: gateway.dispute(world.charge) });
  if (!('id' in adopted)) throw new Error(adopted.notOurs);
  return adopted.id;
}

describe('a dispute over the API', () => {
  it('is answered with the story, the invoice and the log of what was used', async () => {
    await recordUsage(world.context, [{ feature: 'api_calls', quantity: 42n, idempotencyKey: 'demo-use' }]);
    const id = await disputed();
    expect(await call({ method: 'GET', address: '/api/v1/billing/disputes/{id}', params: { id } })).toMatchObject({ envelope: { payload: { takes: ['answer', 'accept'], respondBy: expect.any(String), response: null } } });
    expect(await respond('answer', id, { story: '  ' })).toMatchObject({ status: 422 });
    expect(await respond('answer', id, { story: 'Right.', servedFrom: '2026-03-02', servedTo: '2026-03-01' })).toMatchObject({ status: 422 });

    const answered = await respond('answer', id, { story: 'It was used.\nEvery day.', refundPolicy: 'Within 14 days.' });
    expect(answered).toMatchObject({ status: 200, envelope: { payload: { state: 'under_review', takes: [], response: { kind: 'answer', status: 'sent' } } } });
    const [answer] = [...gateway.answers.values()];
    expect(answer?.evidence).toMatchObject({ story: 'It was used.\nEvery day.', customerName: expect.stringMatching(/\S/), refundPolicy: 'Within 14 days.', served: { from: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } });
    const texts = await Promise.all((answer?.evidence.files ?? []).map(async ({ content }) => (await extractText(Uint8Array.from(content))).text.join(' ').replace(/\s+/gu, ' ')));
    expect(texts[0]).toContain('$29.99');
    expect(texts[1]).toContain('Log of use');
    expect(texts[1]).toMatch(/api_calls.*42/);
    expect(await respond('accept', id)).toMatchObject({ status: 409, envelope: { code: 'dispute_not_answerable' } });
  });

  it('is the seller’s alone', async () => {
    const id = await disputed();
    const headers = as(await tokenFor(world.context, 'owner'));
    expect(await callApi({ method: 'POST', address: '/api/v1/billing/disputes/{id}/accept', params: { id }, headers })).toMatchObject({ status: 403 });
  });
});
