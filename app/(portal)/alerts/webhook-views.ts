import type { DeliveryDto } from '@/components/webhooks/types';
import type { Context } from '@/lib/core/context';
import { listEndpoints } from '@/lib/webhooks/outbox/endpoints';
import { failureOf } from '@/lib/webhooks/outbox/failures';
import { listDeliveries } from '@/lib/webhooks/outbox/list-deliveries';

/** How many the page shows. */
const most = 10;

/** What was sent to the account's endpoints last, newest first. */
export async function lastDeliveries(context: Context): Promise<DeliveryDto[]> {
  const [endpoints, { items }] = await Promise.all([listEndpoints(context), listDeliveries(context, { page: 1, pageSize: most })]);
  const addresses = new Map(endpoints.map(({ id, url }) => [id, url]));
  return items.map(({ id, endpointId, event, status, attempts, responseStatus, failure, createdAt }) => ({
    id, event, url: addresses.get(endpointId) ?? '', status, attempts, responseStatus, failure: failure === null ? null : failureOf(failure), createdAt: createdAt.toISOString(),
  }));
}
