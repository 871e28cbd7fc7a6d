import { stringify } from 'lossless-json';
import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { insertDeliveries, readDelivery, readEndpoint, readEndpoints, restartDelivery } from './store';
import type { WebhookDelivery, WebhookEndpoint, WebhookEvent } from './webhook';

/** What is told. `data` is what the event is about: whole numbers as bigint, moments as Date. */
export interface Announcement {
  event: WebhookEvent;
  data: Record<string, unknown>;
}

/** Sent in real time, also what happened in a simulated time to come. */
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

async function keep(transaction: Database, context: Context, endpoints: readonly WebhookEndpoint[], { event, data }: Announcement): Promise<string[]> {
  const now = context.clock.now();
  const eventId = newId('whev');
  const body = stringify({ id: eventId, type: event, timestamp: now, data: { account: context.accountId, ...data } }) ?? '{}';
  const deliveries = endpoints.map(({ id }) => ({ id: newId('whd'), accountId: context.accountId, endpointId: id, eventId, event, body, createdAt: now, nextAttemptAt: earlier(now, systemClock.now()) }));
  if (deliveries.length > 0) await insertDeliveries(transaction, deliveries);
  return deliveries.map(({ id }) => id);
}

/**
 * Tells the account's endpoints that asked for it, in the transaction of what happened: sent when it commits, never
 * without it.
 */
export async function announce(transaction: Database, context: Context, announcement: Announcement): Promise<void> {
  const endpoints = await readEndpoints(transaction, context.accountId);
  await keep(transaction, context, endpoints.filter(({ enabled, events }) => enabled && events.includes(announcement.event)), announcement);
}

/** Sends an event without a meaning to one endpoint, also one that is switched off. Throws `not_found`. */
export function sendTest(context: Context, endpointId: string): Promise<WebhookDelivery> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const endpoint = found(await readEndpoint(transaction, context.accountId, endpointId), 'endpoint');
    const [id = ''] = await keep(transaction, context, [endpoint], { event: 'webhook.test', data: { endpoint: endpointId } });
    await recordAudit(transaction, context, { action: 'webhook_endpoint.tested', subject: endpointId });
    return found(await readDelivery(transaction, context.accountId, id), 'delivery');
  });
}

/** Makes a delivery again from its first attempt on, whatever became of it, with the same event and id. Throws `not_found`. */
export function replayDelivery(context: Context, id: string): Promise<WebhookDelivery> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readDelivery(transaction, context.accountId, id), 'delivery');
    await restartDelivery(transaction, id, context.clock.now());
    await recordAudit(transaction, context, { action: 'webhook_delivery.replayed', subject: id, before: { status: before.status } });
    return found(await readDelivery(transaction, context.accountId, id), 'delivery');
  });
}
