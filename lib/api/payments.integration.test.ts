import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueInvoice } from '@/lib/billing/invoices/issue-invoice';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { callApi, type ApiCall } from '@/lib/testing/api';
import { as } from '@/lib/testing/contract-call';
import { useTestDatabase } from '@/lib/testing/database';
import { draftOf } from '@/lib/testing/invoicing';
import { storeTestMethod } from '@/lib/testing/payer';
import { ScriptedGateway } from '@/lib/testing/scripted-gateway';
import { tokenFor } from '@/lib/testing/two-customers';

useTestDatabase();
const gateway = new ScriptedGateway();
let context: Context;
let invoiceId: string;
let tokens: Record<'billing' | 'developer', string>;

beforeAll(async () => {
  setPaymentGateways([gateway]);
  ({ context } = await seedAccount(await seedSeller(systemClock.now(), { withWelcome: false }), systemClock.now()));
  const method = await storeTestMethod(context, gateway);
  gateway.script(method.reference, 'requires_action');
  ({ id: invoiceId } = await inTransaction((transaction) => issueInvoice(transaction, context, draftOf(context.accountId, 5000n))));
  tokens = { billing: await tokenFor(context, 'billing'), developer: await tokenFor(context, 'developer') };
});
afterAll(() => setPaymentGateways([]));

const call = (who: keyof typeof tokens, wanted: Omit<ApiCall, 'headers'>, key?: string) =>
  callApi({ ...wanted, headers: { ...as(tokens[who]), ...(key && { 'idempotency-key': key }) } });
const pay = (who: keyof typeof tokens, key?: string) => call(who, { method: 'POST', address: '/api/v1/billing/invoices/{id}/pay', params: { id: invoiceId }, body: {} }, key);
const status = (who: keyof typeof tokens) => call(who, { method: 'GET', address: '/api/v1/billing/invoices/{id}/payment-status', params: { id: invoiceId } });

describe('paying over the API', () => {
  it('answers what the browser goes on with to who pays, keeps it nowhere, and tells others only how it stands', async () => {
    const [first, again] = [await pay('billing', 'click-1'), await pay('billing', 'click-1')];
    const payload = first.envelope?.payload as { clientSecret: string };
    expect(first).toMatchObject({ status: 200, envelope: { payload: { paymentStatus: 'requires_action', requiresAction: true, gateway: 'scripted', invoice: { status: 'open' } } } });
    expect(payload.clientSecret).toContain('secret_of_');
    expect(again.envelope?.payload).toEqual(first.envelope?.payload);

    const seen = await status('developer');
    expect(seen).toMatchObject({ status: 200, envelope: { payload: { paymentStatus: 'requires_action' } } });
    expect(seen.text).not.toContain('secret_of_');
    expect(await pay('developer')).toMatchObject({ status: 403, envelope: { code: 'forbidden' } });

    for (const { table_name: table } of await database().$queryRaw<{ table_name: string }[]>`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`) {
      const rows = await database().$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${table}" t WHERE to_jsonb(t)::text LIKE '%secret_of_%'`);
      expect({ table, rows: rows.length }).toEqual({ table, rows: 0 });
    }
  });

  it('is over for everybody once the bank has confirmed it', async () => {
    const [attempt] = await database().paymentAttempt.findMany({ where: { invoiceId } });
    gateway.finish(attempt!.id, { outcome: 'succeeded', reference: attempt!.reference! });
    await database().paymentAttempt.update({ where: { id: attempt!.id }, data: { refreshedAt: null } });
    expect(await status('developer')).toMatchObject({ envelope: { payload: { paymentStatus: 'succeeded', requiresAction: false, invoice: { status: 'paid', paidMinor: 5000 } } } });
    expect(await pay('billing', 'click-2')).toMatchObject({ status: 200, envelope: { payload: { paymentStatus: 'succeeded', clientSecret: null } } });
    expect(await gateway.collected(invoiceId)).toBe(5000n);
  });

  it('says when the provider does not answer, and that it may be asked again', async () => {
    gateway.isAway = true;
    const answer = await call('billing', { method: 'POST', address: '/api/v1/billing/payment-methods/setups', body: {} });
    gateway.isAway = false;
    expect(answer).toMatchObject({ status: 503, envelope: { code: 'payment_provider_unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it('refuses what cannot be right with a 4xx', async () => {
    const checkout = (body: unknown) => call('billing', { method: 'POST', address: '/api/billing/create-checkout-session', body });
    for (const body of [{}, { invoiceId, topUp: { amountMinor: 5000 } }, { invoiceId, returnPath: 'https://other.example/' }, { topUp: { amountMinor: -1 } }]) expect((await checkout(body)).status).toBe(422);
    expect(await checkout({ topUp: { amountMinor: 5000, currency: 'EUR' } })).toMatchObject({ status: 422, envelope: { code: 'currency_mismatch' } });
    expect(await checkout({ invoiceId: 'inv_unknown' })).toMatchObject({ status: 404 });
    expect(await checkout({ invoiceId })).toMatchObject({ status: 409, envelope: { code: 'invoice_not_payable' } });
  });
});
