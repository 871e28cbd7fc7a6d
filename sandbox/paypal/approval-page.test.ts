import { describe, expect, it } from 'vitest';
import { orderBody, useSandbox } from './test-client';

const held = useSandbox();
const experienceContext = { returnUrl: 'http://shop.localhost/return?checkout=7', cancelUrl: 'http://shop.localhost/cancel' };
let requests = 0;

async function order(locale?: string) {
  const paypalRequestId = `order-${(requests += 1)}`;
  const { result } = await held.orders.createOrder({ body: orderBody('1234.50', { paymentSource: { paypal: { experienceContext: { ...experienceContext, ...(locale && { locale }) } } } }), paypalRequestId });
  const url = result.links!.find(({ rel }) => rel === 'payer-action')!.href;
  return { id: result.id!, url };
}

const answer = (url: string, decision: string, buyer = 'pays') => fetch(url, { method: 'POST', body: new URLSearchParams({ decision, buyer }), redirect: 'manual' });

describe('the approval page', () => {
  it('asks in the seller\'s language, and says that it is a sandbox', async () => {
    const english = await fetch((await order()).url).then((response) => response.text());
    expect(english).toContain('Sandbox – no real money');
    expect(english).toContain('$1,234.50');
    const chinese = await fetch((await order('zh-CN')).url).then((response) => response.text());
    expect(chinese).toContain('lang="zh-CN"');
    expect(chinese).toContain('立即付款');
  });

  it('leads back with the token and the payer, and the order is approved', async () => {
    const { id, url } = await order();
    const response = await answer(url, 'approve', 'declines_later');
    expect([response.status, response.headers.get('location')]).toEqual([303, `http://shop.localhost/return?checkout=7&token=${id}&PayerID=SANDBOXLATE03`]);
    expect((await held.orders.getOrder({ id })).result).toMatchObject({ status: 'APPROVED', payer: { emailAddress: 'declines-later@buyer.sandbox.example' } });
  });

  it('leads back without approval when the buyer cancels', async () => {
    const { id, url } = await order();
    expect((await answer(url, 'cancel')).headers.get('location')).toBe(`http://shop.localhost/cancel?token=${id}`);
    expect((await held.orders.getOrder({ id })).result.status).toBe('PAYER_ACTION_REQUIRED');
  });

  it('has nothing to ask of what is unknown or paid', async () => {
    const { id, url } = await order();
    held.sandbox.approvals.approve(id);
    await held.orders.captureOrder({ id });
    expect((await fetch(url)).status).toBe(404);
    expect((await answer(url, 'approve')).status).toBe(404);
    expect((await fetch(`${held.sandbox.url}/checkoutnow?token=UNKNOWN`)).status).toBe(404);
  });

  it('takes no other answer', async () => {
    const { id, url } = await order();
    expect((await answer(url, 'approve', 'nobody')).status).toBe(400);
    expect((await answer(url, 'steal')).status).toBe(400);
    expect((await held.orders.getOrder({ id })).result.status).toBe('PAYER_ACTION_REQUIRED');
  });

  it('stores a method', async () => {
    const { result } = await held.vault.createSetupToken({ body: { paymentSource: { paypal: { usageType: 'MERCHANT' as never, experienceContext } } } });
    const response = await answer(result.links!.find(({ rel }) => rel === 'approve')!.href!, 'approve');
    expect(response.headers.get('location')).toBe(`http://shop.localhost/return?checkout=7&token=${result.id}&approval_token_id=${result.id}&approval_session_id=${result.id}&PayerID=SANDBOXPAYS01`);
    expect((await held.vault.getSetupToken(result.id!)).result.status).toBe('APPROVED');
  });
});
