import type { Context } from '@/lib/core/context';
import { listEndpoints } from '@/lib/webhooks/outbox/endpoints';
import type { WebhookEvent } from '@/lib/webhooks/outbox/webhook';

/** The events that tell of an alert. */
const alertEvents: readonly WebhookEvent[] = ['quota.threshold_reached', 'spend.threshold_reached', 'budget.threshold_reached', 'forecast.limit_exceeded', 'usage.unusual'];

/** The addresses of the customer's products that are told of alerts of some kind. */
export async function listListeners(context: Context): Promise<string[]> {
  const endpoints = await listEndpoints(context);
  return endpoints.filter(({ enabled, events }) => enabled && events.some((event) => alertEvents.includes(event))).map(({ url }) => url);
}
