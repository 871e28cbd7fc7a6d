import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startReceiver, type Received } from '@/lib/testing/receiver';
import { announce, replayDelivery, sendTest } from './announce';
import { mostAttempts } from './back-off';
import { deliverDue } from './deliver';
import { createEndpoint, deleteEndpoint, listEndpoints, renewSecret, updateEndpoint } from './endpoints';
import { listDeliveries } from './list-deliveries';
import type { WebhookDelivery } from './webhook';

useTestDatabase();
const start = new Date('2026-03-02T10:00:00Z');

let sellerId: string;
beforeAll(async () => {
  sellerId = await seedSeller(start);
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An account with one endpoint, which answers as told. */
async function customerWith(answer: (received: Received) => number) {
  const { context, clock } = await seedAccount(sellerId, start);
  const receiver = await startReceiver(answer);
  stops.push(receiver.stop);
  const { endpoint, secret } = await createEndpoint(context, { url: receiver.url, description: '', events: ['quota.threshold_reached'], enabled: true });
  return { context, clock, endpoint, secret, received: receiver.received };
}

const tell = (context: Context, data: Record<string, unknown> = {}) =>
  inTransaction((transaction) => announce(transaction, context, { event: 'quota.threshold_reached', data }));

async function onlyDelivery(context: Context): Promise<WebhookDelivery> {
  const { items, total } = await listDeliveries(context, { page: 1, pageSize: 20 });
  expect(total).toBe(1);
  return items[0] as WebhookDelivery;
}

/** Runs every attempt that is due until none is left, the clock moved to each. */
async function liveOn(context: Context, clock: FixedClock): Promise<void> {
  for (;;) {
    await deliverDue(clock);
    const { nextAttemptAt } = await onlyDelivery(context);
    if (!nextAttemptAt) return;
    clock.set(nextAttemptAt);
  }
}

/** As a receiver verifies it, by the words of the documentation. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64');
  return headers['webhook-signature'] === `v1,${signature}`;
}

describe('an event', () => {
  it('is sent once, signed, with whole numbers to the last digit', async () => {
    const { context, clock, secret, received } = await customerWith(() => 204);
    await tell(context, { used: 2n ** 60n, at: start });
    await Promise.all([deliverDue(clock), deliverDue(clock), deliverDue(clock)]);
    await deliverDue(clock);
    expect(received).toHaveLength(1);
    const [message] = received as [Received];
    expect(isSigned(message, secret)).toBe(true);
    expect(message.headers['webhook-timestamp']).toBe(String(start.getTime() / 1000));
    expect(message.body).toContain('"used":1152921504606846976');
    expect(JSON.parse(message.body)).toMatchObject({ id: message.headers['webhook-id'], type: 'quota.threshold_reached', data: { account: context.accountId, at: start.toISOString() } });
    expect(await onlyDelivery(context)).toMatchObject({ status: 'delivered', attempts: 1, responseStatus: 204, nextAttemptAt: null, deliveredAt: start });
  });

  it('is not sent when what it tells did not happen', async () => {
    const { context, clock, received } = await customerWith(() => 204);
    await expect(inTransaction(async (transaction) => {
      await announce(transaction, context, { event: 'quota.threshold_reached', data: {} });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    await deliverDue(clock);
    expect(received).toEqual([]);
  });

  it('is sent again with the same id after a failure, signed anew', async () => {
    let calls = 0;
    const { context, clock, secret, received } = await customerWith(() => ((calls += 1) < 3 ? 500 : 200));
    await tell(context);
    await deliverDue(clock);
    expect(await onlyDelivery(context)).toMatchObject({ status: 'pending', attempts: 1, responseStatus: 500, failure: expect.stringContaining('500') });
    await deliverDue(clock);
    expect(received).toHaveLength(1);
    await liveOn(context, clock);
    expect(await onlyDelivery(context)).toMatchObject({ status: 'delivered', attempts: 3, failure: null });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-signature'])).size).toBe(3);
    expect(received.every((message) => isSigned(message, secret))).toBe(true);
  });

  it('ends as failed after a day at a dead endpoint, and can be replayed', async () => {
    let alive = false;
    const { context, clock, received } = await customerWith(() => (alive ? 200 : 503));
    await tell(context);
    await liveOn(context, clock);
    const failed = await onlyDelivery(context);
    expect(failed).toMatchObject({ status: 'failed', attempts: mostAttempts, responseStatus: 503 });
    expect(clock.now().getTime() - start.getTime()).toBeGreaterThan(18 * 3_600_000);
    alive = true;
    expect(await replayDelivery(context, failed.id)).toMatchObject({ status: 'pending', attempts: 0 });
    await deliverDue(clock);
    expect(await onlyDelivery(context)).toMatchObject({ status: 'delivered', attempts: 1 });
    expect(received.at(-1)?.headers['webhook-id']).toBe(failed.eventId);
  });

  it('counts as failed where nothing listens and where it is sent elsewhere', async () => {
    const { context, clock, received } = await customerWith(() => 302);
    await tell(context);
    await deliverDue(clock);
    expect(received).toHaveLength(1);
    expect(await onlyDelivery(context)).toMatchObject({ status: 'pending', responseStatus: 302 });
    for (const stop of stops.splice(0)) await stop();
    clock.set((await onlyDelivery(context)).nextAttemptAt ?? start);
    await deliverDue(clock);
    expect(await onlyDelivery(context)).toMatchObject({ status: 'pending', responseStatus: null, failure: 'Nothing listens at the address.' });
  });

  it('reaches only those who asked for it and are switched on', async () => {
    const { context, clock, endpoint, received } = await customerWith(() => 200);
    await updateEndpoint(context, endpoint.id, { enabled: false });
    await tell(context);
    await deliverDue(clock);
    expect(received).toEqual([]);
    expect(await sendTest(context, endpoint.id)).toMatchObject({ event: 'webhook.test', status: 'pending' });
    await deliverDue(clock);
    expect(received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['webhook.test']);
  });
});

describe('an endpoint', () => {
  it('shows its secret once and keeps it encrypted', async () => {
    const { context, endpoint, secret } = await customerWith(() => 200);
    const row = await database().webhookEndpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(JSON.stringify(await listEndpoints(context))).not.toMatch(/whsec_|sealed/i);
    expect(JSON.stringify(await database().auditEntry.findMany({ where: { accountId: context.accountId } }))).not.toContain(secret);
  });

  it('signs with its new secret alone, also what waited', async () => {
    const { context, clock, endpoint, secret, received } = await customerWith(() => 200);
    await tell(context);
    const renewed = await renewSecret(context, endpoint.id);
    expect(renewed.secret).toMatch(/^whsec_/);
    expect(renewed.secret).not.toBe(secret);
    await deliverDue(clock);
    expect(received.map((one) => [isSigned(one, renewed.secret), isSigned(one, secret)])).toEqual([[true, false]]);
    expect(JSON.stringify(await database().auditEntry.findMany({ where: { accountId: context.accountId } }))).not.toContain(renewed.secret);
  });

  it('is made once for an address, which must be one that we may call', async () => {
    const { context, endpoint } = await customerWith(() => 200);
    const wishes = { description: '', events: ['quota.threshold_reached' as const], enabled: true };
    await expect(createEndpoint(context, { ...wishes, url: endpoint.url })).rejects.toMatchObject({ code: 'conflict' });
    for (const url of ['http://product.demo.example/', 'https://169.254.169.254/latest/meta-data', 'https://10.0.0.1/']) {
      await expect(createEndpoint(context, { ...wishes, url })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('gives up what waits for it when it is switched off, and goes with its record when it is removed', async () => {
    const { context, endpoint } = await customerWith(() => 200);
    await tell(context);
    await updateEndpoint(context, endpoint.id, { enabled: false });
    expect(await onlyDelivery(context)).toMatchObject({ status: 'failed', failure: 'The endpoint was switched off.' });
    await deleteEndpoint(context, endpoint.id);
    expect(await listDeliveries(context, { page: 1, pageSize: 20 })).toMatchObject({ total: 0 });
    const actions = (await database().auditEntry.findMany({ where: { subject: endpoint.id }, orderBy: { id: 'asc' } })).map(({ action }) => action);
    expect(actions).toEqual(['webhook_endpoint.created', 'webhook_endpoint.updated', 'webhook_endpoint.deleted']);
  });
});
