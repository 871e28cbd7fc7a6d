import { createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startReceiver, type Received } from '@/lib/testing/receiver';
import { startPayPalSandbox, type PayPalSandbox } from './server';
import { ask, clientsFor, orderBody } from './test-client';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Told {
  id: string;
  event_type: string;
  resource: { id: string; status?: string };
}

async function start(answer: (received: Received) => number = () => 200) {
  const receiver = await startReceiver(answer);
  const sandbox = await startPayPalSandbox({ webhook: { url: receiver.url, id: 'WH-TEST' } });
  stops.push(receiver.stop, sandbox.close);
  const told = () => receiver.received.map(({ body }) => JSON.parse(body) as Told);
  return { sandbox, ...clientsFor(sandbox), received: receiver.received, told };
}

async function paidOrder({ sandbox, orders }: { sandbox: PayPalSandbox; orders: ReturnType<typeof clientsFor>['orders'] }): Promise<string> {
  const { result } = await orders.createOrder({ body: orderBody('10.00') });
  sandbox.approvals.approve(result.id!);
  const captured = await orders.captureOrder({ id: result.id!, prefer: 'return=representation' });
  return captured.result.purchaseUnits![0]!.payments!.captures![0]!.id!;
}

async function verify({ body, headers }: Received, webhookId: string): Promise<boolean> {
  const chain = await fetch(String(headers['paypal-cert-url'])).then((response) => response.text());
  const [leaf] = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)!;
  const text = `${String(headers['paypal-transmission-id'])}|${String(headers['paypal-transmission-time'])}|${webhookId}|${crc32(Buffer.from(body))}`;
  return createVerify('RSA-SHA256').update(text).verify(new X509Certificate(leaf!).publicKey, String(headers['paypal-transmission-sig']), 'base64');
}

describe('webhooks', () => {
  it('are signed as PayPal signs them, by a certificate whose chain leads to the root', async () => {
    const started = await start();
    await paidOrder(started);
    await started.sandbox.webhooks.settled();
    const [first] = started.received as [Received];
    expect(first.headers).toMatchObject({ 'paypal-auth-algo': 'SHA256withRSA', 'paypal-cert-url': expect.stringContaining(`${started.sandbox.url}/v1/notifications/certs/CERT-`) });
    expect(await verify(first, 'WH-TEST')).toBe(true);
    expect(await verify(first, 'WH-OTHER')).toBe(false);
    expect(await verify({ ...first, body: `${first.body} ` }, 'WH-TEST')).toBe(false);
    const chain = (await fetch(String(first.headers['paypal-cert-url'])).then((response) => response.text())).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g)!;
    const [leaf, root] = chain.map((pem) => new X509Certificate(pem)) as [X509Certificate, X509Certificate];
    expect(root.toString()).toBe(new X509Certificate(started.sandbox.rootCertificate).toString());
    expect(await fetch(`${started.sandbox.url}/_pages/root-certificate.pem`).then((response) => response.text())).toBe(started.sandbox.rootCertificate);
    expect([root.ca, leaf.ca, leaf.checkIssued(root), leaf.verify(root.publicKey), root.verify(root.publicKey)]).toEqual([true, false, true, true, true]);
    expect(leaf.subject).toContain('CN=messageverificationcerts.sandbox.paypal.com');
  });

  it('are verified by the API too', async () => {
    const started = await start();
    await paidOrder(started);
    await started.sandbox.webhooks.settled();
    const [{ body, headers }] = started.received as [Received];
    const question = (webhook_id: string, webhook_event: unknown) =>
      ask(started.sandbox, 'POST', '/v1/notifications/verify-webhook-signature', {
        transmission_id: headers['paypal-transmission-id'],
        transmission_time: headers['paypal-transmission-time'],
        transmission_sig: headers['paypal-transmission-sig'],
        cert_url: headers['paypal-cert-url'],
        auth_algo: headers['paypal-auth-algo'],
        webhook_id,
        webhook_event,
      });
    expect((await question('WH-TEST', JSON.parse(body))).body).toEqual({ verification_status: 'SUCCESS' });
    expect((await question('WH-TEST', { ...(JSON.parse(body) as object), id: 'WH-FORGED' })).body).toEqual({ verification_status: 'FAILURE' });
    expect((await question('WH-OTHER', JSON.parse(body))).status).toBe(422);
  });

  it('tell a payment and its refund in the words of PayPal', async () => {
    const started = await start();
    const captureId = await paidOrder(started);
    await started.payments.refundCapturedPayment({ captureId });
    await started.sandbox.webhooks.settled();
    expect(started.sandbox.events().map(({ event_type, resource_type }) => [event_type, resource_type])).toEqual([
      ['CHECKOUT.ORDER.APPROVED', 'checkout-order'],
      ['PAYMENT.CAPTURE.COMPLETED', 'capture'],
      ['PAYMENT.CAPTURE.REFUNDED', 'refund'],
    ]);
    const told = started.told().find(({ event_type }) => event_type === 'PAYMENT.CAPTURE.REFUNDED') as unknown as { resource: { links: { rel: string; href: string }[] } };
    expect(told.resource.links.find(({ rel }) => rel === 'up')?.href).toBe(`${started.sandbox.url}/v2/payments/captures/${captureId}`);
  });

  it('are sent again until they are taken', async () => {
    let refused = 0;
    const started = await start(() => (refused++ < 1 ? 500 : 200));
    const { result } = await started.orders.createOrder({ body: orderBody('1.00') });
    started.sandbox.approvals.approve(result.id!);
    await started.sandbox.webhooks.settled();
    expect(started.told()).toHaveLength(2);
    expect(new Set(started.told().map(({ id }) => id)).size).toBe(1);
    // Each attempt is signed by itself.
    expect(new Set(started.received.map(({ headers }) => headers['paypal-transmission-id'])).size).toBe(2);
  });

  it('can be held, turned round, and resent by the API', async () => {
    const started = await start();
    started.sandbox.webhooks.set({ mode: 'hold' });
    await paidOrder(started);
    const ids = started.sandbox.webhooks.pending().map(({ eventId }) => eventId);
    await started.sandbox.webhooks.deliver([...ids].reverse());
    expect(started.told().map(({ id }) => id)).toEqual([...ids].reverse());
    started.sandbox.webhooks.set({ mode: 'now' });
    expect((await ask(started.sandbox, 'POST', `/v1/notifications/webhooks-events/${ids[0]}/resend`, {})).status).toBe(202);
    await started.sandbox.webhooks.settled();
    expect(started.told().at(-1)?.id).toBe(ids[0]);
    const { body } = await ask<{ events: { id: string }[] }>(started.sandbox, 'GET', '/v1/notifications/webhooks-events?event_type=PAYMENT.CAPTURE.COMPLETED');
    expect(body.events.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('go to webhooks that the API made, for the events they want', async () => {
    const started = await start();
    const other = await startReceiver(() => 200);
    stops.push(other.stop);
    const { body } = await ask<{ id: string }>(started.sandbox, 'POST', '/v1/notifications/webhooks', { url: other.url, event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }] });
    await paidOrder(started);
    await started.sandbox.webhooks.settled();
    expect(other.received).toHaveLength(1);
    expect(await verify(other.received[0]!, body.id)).toBe(true);
    expect((await ask(started.sandbox, 'DELETE', `/v1/notifications/webhooks/${body.id}`)).status).toBe(204);
    expect((await ask<{ webhooks: unknown[] }>(started.sandbox, 'GET', '/v1/notifications/webhooks')).body.webhooks).toHaveLength(1);
  });
});
