import { StoreInVaultInstruction, TokenType, VaultTokenRequestType } from '@paypal/paypal-server-sdk';
import { describe, expect, it } from 'vitest';
import { orderBody, refusal, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 3_600_000 });
const full = { prefer: 'return=representation' };
let requests = 0;
const paypalRequestId = (): string => `request-${(requests += 1)}`;

const setupBody = (merchantCustomerId: string) => ({
  customer: { merchantCustomerId },
  paymentSource: { paypal: { usageType: 'MERCHANT' as never, experienceContext: { returnUrl: 'http://localhost/return', cancelUrl: 'http://localhost/cancel' } } },
});

async function storedMethod(buyer: 'pays' | 'declines_later' = 'pays', merchantCustomerId = 'account-1') {
  const { result: setup } = await held.vault.createSetupToken({ body: setupBody(merchantCustomerId) });
  held.sandbox.approvals.approve(setup.id!, buyer);
  return (await held.vault.createPaymentToken({ body: { paymentSource: { token: { id: setup.id!, type: VaultTokenRequestType.SetupToken } } } })).result;
}

const charge = (vaultId: string, value = '7.00') => held.orders.createOrder({ body: orderBody(value, { paymentSource: { paypal: { vaultId } } }), paypalRequestId: paypalRequestId(), ...full });

describe('a stored method', () => {
  it('is stored when its buyer agreed, and once', async () => {
    const created = await held.vault.createSetupToken({ body: setupBody('account-1') });
    const { id, status, links } = created.result;
    expect(status).toBe('PAYER_ACTION_REQUIRED');
    expect(links?.find(({ rel }) => rel === 'approve')?.href).toBe(`${held.sandbox.url}/agreements/approve?approval_session_id=${id}`);
    const take = () => held.vault.createPaymentToken({ body: { paymentSource: { token: { id: id!, type: VaultTokenRequestType.SetupToken } } } });
    expect(await refusal(take())).toMatchObject({ status: 422, issue: 'PAYER_ACTION_REQUIRED' });
    held.sandbox.approvals.approve(id!);
    expect((await held.vault.getSetupToken(id!)).result.status).toBe('APPROVED');
    const { result } = await take();
    expect(result).toMatchObject({ customer: { merchantCustomerId: 'account-1' }, paymentSource: { paypal: { emailAddress: 'pays@buyer.sandbox.example', payerId: 'SANDBOXPAYS01' } } });
    expect(await refusal(take())).toMatchObject({ status: 422, issue: 'SETUP_TOKEN_ALREADY_TOKENIZED' });
    expect((await held.vault.getPaymentToken(result.id!)).result.id).toBe(result.id);
  });

  it('is charged while its buyer is away', async () => {
    const { id } = await storedMethod();
    const { result } = await charge(id!);
    expect(result).toMatchObject({ status: 'COMPLETED', purchaseUnits: [{ payments: { captures: [{ status: 'COMPLETED', amount: { value: '7.00' } }] } }] });
    const byToken = await held.orders.createOrder({ body: orderBody('3.00', { paymentSource: { token: { id: id!, type: TokenType.BillingAgreement } } }), paypalRequestId: paypalRequestId() });
    expect(byToken.result.status).toBe('COMPLETED');
    expect(await refusal(held.orders.createOrder({ body: orderBody('7.00', { paymentSource: { paypal: { vaultId: id! } } }) }))).toMatchObject({ status: 400, issue: 'PAYPAL_REQUEST_ID_REQUIRED' });
  });

  it('may be declined later, and recover', async () => {
    const { id } = await storedMethod('declines_later');
    const before = held.sandbox.state();
    expect(await refusal(charge(id!))).toMatchObject({ status: 422, issue: 'INSTRUMENT_DECLINED' });
    expect(held.sandbox.state()).toMatchObject({ order: before.order, capture: before.capture });
    held.sandbox.methods.set(id!, 'completes');
    expect((await charge(id!)).result.status).toBe('COMPLETED');
    held.sandbox.methods.set(id!, 'pending');
    expect((await charge(id!)).result.purchaseUnits![0]!.payments!.captures![0]!.status).toBe('PENDING');
  });

  it('is listed by customer, and gone when it is deleted', async () => {
    const [one, other] = [await storedMethod('pays', 'account-2'), await storedMethod('pays', 'account-2')];
    expect(other.customer).toEqual(one.customer);
    const list = async () => (await held.vault.listCustomerPaymentTokens({ customerId: one.customer!.id!, totalRequired: true })).result;
    expect(await list()).toMatchObject({ totalItems: 2, paymentTokens: [{ id: one.id }, { id: other.id }] });
    expect((await held.vault.deletePaymentToken(one.id!)).statusCode).toBe(204);
    expect(await list()).toMatchObject({ totalItems: 1, paymentTokens: [{ id: other.id }] });
    expect(await refusal(held.vault.getPaymentToken(one.id!))).toMatchObject({ status: 404 });
    expect(await refusal(charge(one.id!))).toMatchObject({ status: 422, issue: 'TOKEN_ID_NOT_FOUND' });
  });

  it('is stored by paying an order', async () => {
    const vault = { storeInVault: StoreInVaultInstruction.OnSuccess, usageType: 'MERCHANT' as never };
    const experienceContext = { returnUrl: 'http://localhost/return', cancelUrl: 'http://localhost/cancel' };
    const { result: order } = await held.orders.createOrder({ body: orderBody('9.00', { paymentSource: { paypal: { experienceContext, attributes: { vault } } } }), paypalRequestId: paypalRequestId() });
    expect(order).toMatchObject({ status: 'PAYER_ACTION_REQUIRED', links: expect.arrayContaining([expect.objectContaining({ rel: 'payer-action' })]) });
    held.sandbox.approvals.approve(order.id!);
    const { result: paid } = await held.orders.captureOrder({ id: order.id!, ...full });
    const stored = paid.paymentSource?.paypal?.attributes?.vault;
    expect(stored).toMatchObject({ status: 'VAULTED', id: expect.any(String), customer: { id: expect.any(String) } });
    expect((await charge(stored!.id!)).result.status).toBe('COMPLETED');
  });
});
