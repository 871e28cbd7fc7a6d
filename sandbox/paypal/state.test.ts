import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '@/lib/testing/receiver';
import { startPayPalSandbox, type PayPalSandbox, type PayPalSandboxOptions } from './server';
import { clientsFor, orderBody } from './test-client';

let folder: string;
const running: PayPalSandbox[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paypal-'));
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function start(options: PayPalSandboxOptions = {}) {
  const sandbox = await startPayPalSandbox({ stateFile: join(folder, 'state.json'), ...options });
  running.push(sandbox);
  return { sandbox, ...clientsFor(sandbox) };
}

describe('the state file', () => {
  it('brings everything back: orders, request ids, the certificate, the clock and what is still to come', async () => {
    const first = await start({ settleAfter: 3_600_000 });
    const create = (orders: typeof first.orders) => orders.createOrder({ body: orderBody('3.00'), paypalRequestId: 'kept' });
    const { id } = (await create(first.orders)).result;
    first.sandbox.approvals.approve(id!, 'pending');
    await first.orders.captureOrder({ id: id! });
    const day = new Date(first.sandbox.clock.now().getTime() + 60_000);
    first.sandbox.clock.move(day);
    await first.sandbox.close();

    const second = await start();
    expect((await create(second.orders)).result.id).toBe(id);
    expect(second.sandbox.rootCertificate).toBe(first.sandbox.rootCertificate);
    expect(second.sandbox.clock.now()).toEqual(day);
    const status = async () => (await second.orders.getOrder({ id: id! })).result.purchaseUnits![0]!.payments!.captures![0]!.status;
    expect(await status()).toBe('PENDING');
    second.sandbox.clock.move(new Date(day.getTime() + 3_600_000));
    expect(await status()).toBe('COMPLETED');
  });

  it('sends events that were on their way', async () => {
    const receiver = await startReceiver(() => 200);
    const first = await start({ webhook: { url: receiver.url } });
    first.sandbox.webhooks.set({ mode: 'hold' });
    const { result } = await first.orders.createOrder({ body: orderBody('3.00') });
    first.sandbox.approvals.approve(result.id!);
    await first.sandbox.close();
    expect(receiver.received).toHaveLength(0);
    const { sandbox } = await start({ webhook: { url: receiver.url } });
    await sandbox.webhooks.settled();
    expect(receiver.received).toHaveLength(1);
    await receiver.stop();
  });
});

describe('the sandbox', () => {
  it('answers to this machine only', async () => {
    const { sandbox } = await start();
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port: sandbox.port, path: '/v1/oauth2/token', headers: { host: 'paypal.example' } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});
