import { createPrivateKey, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import { startReceiver } from '@/lib/testing/receiver';
import { checkoutOf, useSandboxGateway } from '@/sandbox/paypal/gateway-for-tests';
import { subjectOf } from './events';
import { paypalGateway } from './gateway';
import { SigningCertificates } from './signing-certificates';

const held = useSandboxGateway();
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let notice: { body: Uint8Array; headers: Record<string, string> };

beforeAll(async () => {
  receiver = await startReceiver(() => 200);
  held.sandbox.webhooks.configure({ url: receiver.url, id: held.sandbox.webhookId });
  const { reference } = await held.gateway.createCheckout(checkoutOf({ mode: 'payment', attemptId: newId('att'), amountMinor: 500n, currency: 'USD', description: 'INV-1', keepMethod: false }));
  held.sandbox.approvals.approve(reference, 'pays');
  await held.sandbox.webhooks.settled();
  const [first] = receiver.received;
  notice = { body: Buffer.from(first!.body), headers: first!.headers as Record<string, string> };
});
afterAll(() => receiver.stop());

const notAuthentic = { name: 'EventNotAuthentic' };
const now = () => new Date();

describe('a notice of PayPal’s', () => {
  it.each([false, true])('is believed as it came (PayPal asked: %s)', async (verifyOnline) => {
    const gateway = paypalGateway(held.settings({ verifyOnline }));
    expect(await gateway.readEvent({ ...notice, now: now() })).toMatchObject({ id: expect.stringMatching(/^WH-/), type: 'CHECKOUT.ORDER.APPROVED', subject: { kind: 'checkout', reference: expect.any(String) } });
  });

  it.each([false, true])('is not believed when it was changed (PayPal asked: %s)', async (verifyOnline) => {
    const gateway = paypalGateway(held.settings({ verifyOnline }));
    const body = Buffer.from(Buffer.from(notice.body).toString().replace('APPROVED', 'VOIDED'));
    await expect(gateway.readEvent({ ...notice, body, now: now() })).rejects.toMatchObject(notAuthentic);
  });

  it('is not believed for another webhook, by another algorithm, late or early', async () => {
    await expect(paypalGateway(held.settings({ webhookId: 'WH-OTHER' })).readEvent({ ...notice, now: now() })).rejects.toMatchObject(notAuthentic);
    await expect(held.gateway.readEvent({ ...notice, headers: { ...notice.headers, 'paypal-auth-algo': 'SHA1withRSA' }, now: now() })).rejects.toMatchObject(notAuthentic);
    for (const minutes of [-6, 6]) await expect(held.gateway.readEvent({ ...notice, now: new Date(Date.now() + minutes * 60_000) })).rejects.toMatchObject(notAuthentic);
    await expect(held.gateway.readEvent({ ...notice, headers: { ...notice.headers, 'paypal-transmission-time': 'soon' }, now: now() })).rejects.toMatchObject(notAuthentic);
  });

  it('is not believed a second time under a later time or another name, which are signed too', async () => {
    const soon = `${new Date(Date.now() + 1000).toISOString().slice(0, 19)}Z`;
    for (const change of [{ 'paypal-transmission-time': soon }, { 'paypal-transmission-id': 'another' }]) {
      await expect(held.gateway.readEvent({ ...notice, headers: { ...notice.headers, ...change }, now: now() })).rejects.toMatchObject(notAuthentic);
    }
  });

  it('is not believed by the certificate of somebody else, however well it is signed', async () => {
    const elsewhere = await startReceiver(() => 200);
    try {
      await expect(held.gateway.readEvent({ ...notice, headers: { ...notice.headers, 'paypal-cert-url': elsewhere.url }, now: now() })).rejects.toMatchObject(notAuthentic);
      expect(elsewhere.received).toEqual([]);
    } finally {
      await elsewhere.stop();
    }
  });

  it('is tried again when its certificate cannot be fetched', async () => {
    const gone = `${held.sandbox.url}/v1/notifications/certs/CERT-GONE`;
    await expect(held.gateway.readEvent({ ...notice, headers: { ...notice.headers, 'paypal-cert-url': gone }, now: now() })).rejects.toMatchObject({ name: 'GatewayUnavailable' });
  });

  it('is not believed when it is signed and no notice', async () => {
    const { privateKey } = await import('@/sandbox/paypal/certificate').then(({ signingCertificate }) => signingCertificate());
    const body = Buffer.from('[]');
    const { 'paypal-transmission-id': id, 'paypal-transmission-time': time } = notice.headers;
    const signature = sign('RSA-SHA256', Buffer.from([id, time, held.sandbox.webhookId, crc32(body)].join('|')), createPrivateKey(privateKey)).toString('base64');
    await expect(held.gateway.readEvent({ body, headers: { ...notice.headers, 'paypal-transmission-sig': signature }, now: now() })).rejects.toMatchObject({ ...notAuthentic, message: expect.stringContaining('form') });
  });
});

describe('the certificate of a notice', () => {
  it.each([
    'https://paypal.example.com/cert.pem', 'https://api.paypal.com.example.com/cert.pem', 'http://api.paypal.com/cert.pem', 'https://api.paypal.com:8443/cert.pem', 'https://user@api.paypal.com/cert.pem', 'https://www.paypal.com/cert.pem',
    'file:///etc/passwd', 'cert.pem', 'https://localhost/cert.pem',
  ])('is never fetched from %s', async (address) => {
    await expect(new SigningCertificates(undefined).at(address, now())).rejects.toMatchObject(notAuthentic);
  });
});

describe('what a notice of PayPal’s is about', () => {
  const ofOrder = { id: 'CAPTURE1', supplementary_data: { related_ids: { order_id: 'ORDER1' } } };
  it.each([
    ['CHECKOUT.ORDER.APPROVED', { id: 'ORDER1' }, { kind: 'checkout', reference: 'ORDER1' }],
    ['PAYMENT.CAPTURE.COMPLETED', ofOrder, { kind: 'charge', reference: 'ORDER1' }],
    ['PAYMENT.CAPTURE.DENIED', ofOrder, { kind: 'charge', reference: 'ORDER1' }],
    ['PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTURE1' }, null],
    ['PAYMENT.CAPTURE.REFUNDED', { id: 'REFUND1' }, { kind: 'refund', reference: 'REFUND1' }],
    ['PAYMENT.REFUND.FAILED', { id: 'REFUND1' }, { kind: 'refund', reference: 'REFUND1' }],
    ['VAULT.PAYMENT-TOKEN.DELETED', { id: 'token1' }, { kind: 'method', reference: 'token1' }],
    ['CUSTOMER.DISPUTE.UPDATED', { dispute_id: 'PP-D-1' }, { kind: 'dispute', reference: 'PP-D-1' }],
    ['BILLING.SUBSCRIPTION.CANCELLED', { id: 'I-1' }, { kind: 'subscription', reference: 'I-1' }],
    ['PAYMENT.SALE.COMPLETED', { id: 'SALE1', billing_agreement_id: 'I-1' }, { kind: 'subscription', reference: 'I-1' }],
    ['BILLING.PLAN.CREATED', { id: 'P-1' }, null],
  ])('%s', (event_type, resource, subject) => {
    expect(subjectOf({ event_type, resource })).toEqual(subject);
  });
});
