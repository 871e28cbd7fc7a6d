import type { Database, Prisma } from '@/lib/core/database';
import { seal, unseal } from '@/lib/core/sealed';
import type { DeliveryStatus, WebhookDelivery, WebhookEndpoint, WebhookEvent } from './webhook';

type EndpointRow = Prisma.WebhookEndpointGetPayload<object>;
type DeliveryRow = Prisma.WebhookDeliveryGetPayload<object>;

function endpointFrom({ id, url, description, events, enabled, createdAt, updatedAt }: EndpointRow): WebhookEndpoint {
  return { id, url, description, events: events as WebhookEvent[], enabled, createdAt, updatedAt };
}

function deliveryFrom({ accountId: _account, body: _body, event, ...row }: DeliveryRow): WebhookDelivery {
  return { ...row, event: event as WebhookEvent };
}

export async function readEndpoints(db: Database, accountId: string): Promise<WebhookEndpoint[]> {
  return (await db.webhookEndpoint.findMany({ where: { accountId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(endpointFrom);
}

export async function readEndpoint(db: Database, accountId: string, id: string): Promise<WebhookEndpoint | null> {
  const row = await db.webhookEndpoint.findFirst({ where: { id, accountId } });
  return row && endpointFrom(row);
}

export async function insertEndpoint(db: Database, accountId: string, endpoint: WebhookEndpoint, secret: string): Promise<void> {
  await db.webhookEndpoint.create({ data: { ...endpoint, accountId, sealedSecret: seal(secret, endpoint.id) } });
}

export async function writeEndpoint(db: Database, { id, url, description, events, enabled, updatedAt }: WebhookEndpoint): Promise<void> {
  await db.webhookEndpoint.update({ where: { id }, data: { url, description, events, enabled, updatedAt } });
}

export async function writeSecret(db: Database, id: string, secret: string, updatedAt: Date): Promise<void> {
  await db.webhookEndpoint.update({ where: { id }, data: { sealedSecret: seal(secret, id), updatedAt } });
}

/** Deletes the endpoint and what was sent to it. */
export async function deleteEndpointRow(db: Database, id: string): Promise<void> {
  await db.webhookEndpoint.delete({ where: { id } });
}

export interface NewDelivery {
  id: string;
  accountId: string;
  endpointId: string;
  eventId: string;
  event: WebhookEvent;
  body: string;
  createdAt: Date;
  nextAttemptAt: Date;
}

/** Keeps deliveries, and wakes who delivers when the transaction commits. */
export async function insertDeliveries(db: Database, deliveries: readonly NewDelivery[]): Promise<void> {
  await db.webhookDelivery.createMany({ data: [...deliveries] });
  await wakeDelivery(db);
}

/** The channel on which those who deliver hear of new deliveries. */
export const deliveryChannel = 'webhook_delivery';

async function wakeDelivery(db: Database): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${deliveryChannel}, '')`;
}

export interface DeliveryFilter {
  endpointId?: string;
  status?: DeliveryStatus;
}

/** Newest first. */
export async function readDeliveries(db: Database, accountId: string, filter: DeliveryFilter, skip: number, take: number): Promise<WebhookDelivery[]> {
  const rows = await db.webhookDelivery.findMany({ where: { accountId, ...filter }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip, take });
  return rows.map(deliveryFrom);
}

export function countDeliveries(db: Database, accountId: string, filter: DeliveryFilter): Promise<number> {
  return db.webhookDelivery.count({ where: { accountId, ...filter } });
}

export async function readDelivery(db: Database, accountId: string, id: string): Promise<WebhookDelivery | null> {
  const row = await db.webhookDelivery.findFirst({ where: { id, accountId } });
  return row && deliveryFrom(row);
}

/** Has the delivery made anew from the first attempt on, at once. */
export async function restartDelivery(db: Database, id: string, now: Date): Promise<void> {
  await db.webhookDelivery.update({
    where: { id },
    data: { status: 'pending', attempts: 0, nextAttemptAt: now, responseStatus: null, failure: null, deliveredAt: null },
  });
  await wakeDelivery(db);
}

/** Gives up what waits for the endpoint, saying why. */
export async function abandonDeliveries(db: Database, endpointId: string, failure: string): Promise<void> {
  await db.webhookDelivery.updateMany({ where: { endpointId, status: 'pending' }, data: { status: 'failed', nextAttemptAt: null, failure } });
}

/** A delivery that this process has taken, with all it needs to send it. */
export interface TakenDelivery {
  id: string;
  eventId: string;
  body: string;
  /** This attempt included. */
  attempts: number;
  url: string;
  secret: string;
}

/**
 * Takes the deliveries due longest, for one attempt. Nobody else takes them until `again`, when they are due once more
 * should this process have died on the way.
 */
export async function takeDueDeliveries(db: Database, now: Date, again: Date, most: number): Promise<TakenDelivery[]> {
  const rows = await db.$queryRaw<(Omit<TakenDelivery, 'secret'> & { endpointId: string; sealedSecret: string })[]>`
    UPDATE webhook_delivery d SET attempts = d.attempts + 1, last_attempt_at = ${now}, next_attempt_at = ${again}
    FROM webhook_endpoint e
    WHERE e.id = d.endpoint_id AND d.id IN (
      SELECT id FROM webhook_delivery WHERE next_attempt_at <= ${now} AND status = 'pending'
      ORDER BY next_attempt_at LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    RETURNING d.id, d.event_id AS "eventId", d.body, d.attempts, e.url, e.id AS "endpointId", e.sealed_secret AS "sealedSecret"`;
  return rows.map(({ sealedSecret, endpointId, ...row }) => ({ ...row, secret: unseal(sealedSecret, endpointId) }));
}

export interface AttemptOutcome {
  status: DeliveryStatus;
  responseStatus: number | null;
  failure: string | null;
  nextAttemptAt: Date | null;
  deliveredAt: Date | null;
}

/** Notes how an attempt ended, unless the delivery was started anew or given up meanwhile. */
export async function noteAttempt(db: Database, delivery: Pick<TakenDelivery, 'id' | 'attempts'>, outcome: AttemptOutcome): Promise<void> {
  await db.webhookDelivery.updateMany({ where: { id: delivery.id, attempts: delivery.attempts, status: 'pending' }, data: outcome });
}

/** Deletes deliveries made before the moment that wait no longer. Returns how many. */
export async function deleteOldDeliveries(db: Database, before: Date): Promise<number> {
  return (await db.webhookDelivery.deleteMany({ where: { createdAt: { lt: before }, status: { not: 'pending' } } })).count;
}
