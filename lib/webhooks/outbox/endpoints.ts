import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { sentenceOf } from './failures';
import { problemOf } from './reachable';
import { newSecret } from './signature';
import { abandonDeliveries, deleteEndpointRow, insertEndpoint, readEndpoint, readEndpoints, writeEndpoint, writeSecret } from './store';
import { mostEndpoints, type WebhookEndpoint, type WebhookEvent } from './webhook';

export interface EndpointWishes {
  url: string;
  description: string;
  events: WebhookEvent[];
  enabled: boolean;
}

function assertUrl(url: string, others: readonly WebhookEndpoint[]): void {
  const message = problemOf(url, settings().demo);
  if (message) throw new DomainError('invalid_request', undefined, { issues: [{ field: 'url', message }] });
  if (others.some((other) => other.url === url)) throw new DomainError('conflict', 'There is an endpoint with this address already.');
}

const audited = ({ url, description, events, enabled }: WebhookEndpoint): EndpointWishes => ({ url, description, events, enabled });

/** The account's endpoints, the oldest first; without their secrets, which are shown once. */
export function listEndpoints(context: Context): Promise<WebhookEndpoint[]> {
  return readEndpoints(database(), context.accountId);
}

/**
 * Adds an endpoint and gives its signing secret, which is shown this once. Made twice it is a `conflict`, since an address
 * has one endpoint. Throws `invalid_request` for an address that we may not call or when there are 20 already.
 */
export function createEndpoint(context: Context, wishes: EndpointWishes): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const others = await readEndpoints(transaction, context.accountId);
    assertUrl(wishes.url, others);
    if (others.length >= mostEndpoints) throw new DomainError('conflict', `An account has at most ${mostEndpoints} endpoints.`);
    const now = context.clock.now();
    const endpoint: WebhookEndpoint = { ...wishes, id: newId('whe'), createdAt: now, updatedAt: now };
    const secret = newSecret();
    await insertEndpoint(transaction, context.accountId, endpoint, secret);
    await recordAudit(transaction, context, { action: 'webhook_endpoint.created', subject: endpoint.id, after: audited(endpoint) });
    return { endpoint, secret };
  });
}

/**
 * Changes what is named. Switched off, what waits for it is given up. Throws `not_found`, `conflict` and
 * `invalid_request` like `createEndpoint`.
 */
export function updateEndpoint(context: Context, id: string, change: Partial<EndpointWishes>): Promise<WebhookEndpoint> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readEndpoint(transaction, context.accountId, id), 'endpoint');
    const others = (await readEndpoints(transaction, context.accountId)).filter((other) => other.id !== id);
    const after: WebhookEndpoint = { ...before, ...change, updatedAt: context.clock.now() };
    if (change.url !== undefined) assertUrl(change.url, others);
    await writeEndpoint(transaction, after);
    if (before.enabled && !after.enabled) await abandonDeliveries(transaction, id, sentenceOf('off'));
    await recordAudit(transaction, context, { action: 'webhook_endpoint.updated', subject: id, before: audited(before), after: audited(after) });
    return after;
  });
}

/**
 * Gives the endpoint a new signing secret, which is shown this once: everything is signed with it from now on, also what waits.
 * The earlier one signs nothing more. Throws `not_found`.
 */
export function renewSecret(context: Context, id: string): Promise<{ secret: string }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const { url } = found(await readEndpoint(transaction, context.accountId, id), 'endpoint');
    const secret = newSecret();
    await writeSecret(transaction, id, secret, context.clock.now());
    await recordAudit(transaction, context, { action: 'webhook_endpoint.secret_renewed', subject: id, after: { url } });
    return { secret };
  });
}

/** Removes the endpoint with the record of what was sent to it. Throws `not_found`. */
export function deleteEndpoint(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readEndpoint(transaction, context.accountId, id), 'endpoint');
    await deleteEndpointRow(transaction, id);
    await recordAudit(transaction, context, { action: 'webhook_endpoint.deleted', subject: id, before: audited(before) });
  });
}
