import type { Failure } from '@/lib/webhooks/outbox/failures';
import type { DeliveryStatus, WebhookEndpoint, WebhookEvent } from '@/lib/webhooks/outbox/webhook';
import type { ActionResult } from '@/lib/http/action';
import type { Plain } from '@/lib/http/plain';

export type EndpointDto = Plain<WebhookEndpoint>;
export type EventName = Exclude<WebhookEvent, 'webhook.test'>;

/** One event on its way to one endpoint. */
export interface DeliveryDto {
  id: string;
  event: WebhookEvent;
  url: string;
  status: DeliveryStatus;
  attempts: number;
  /** HTTP status of the newest answer; null when there was none. */
  responseStatus: number | null;
  /** Why the newest attempt had no answer. */
  failure: Failure | null;
  createdAt: string;
}

export interface EndpointWishes {
  url: string;
  description: string;
  events: EventName[];
  enabled: boolean;
}

/** Server actions that change endpoints. A secret is answered once. */
export interface WebhookActions {
  add: (input: Omit<EndpointWishes, 'enabled'>) => Promise<ActionResult<{ secret: string }>>;
  change: (input: EndpointWishes & { id: string }) => Promise<ActionResult<unknown>>;
  renewSecret: (input: { id: string }) => Promise<ActionResult<{ secret: string }>>;
  remove: (input: { id: string }) => Promise<ActionResult<unknown>>;
  test: (input: { id: string }) => Promise<ActionResult<unknown>>;
  sendAgain: (input: { id: string }) => Promise<ActionResult<unknown>>;
}

/** Every event that an endpoint may ask for, as they are offered. */
export const eventNames = [
  'quota.threshold_reached', 'spend.threshold_reached', 'budget.threshold_reached', 'forecast.limit_exceeded', 'usage.unusual',
  'invoice.paid', 'invoice.payment_failed', 'invoice.payment_action_required', 'invoice.uncollectible',
  'payment.disputed', 'payment.dispute_closed',
] as const satisfies readonly EventName[];

/** The name of an event as a key of the messages. */
export const eventKey = <Event extends string>(event: Event) => `event_${event.replaceAll('.', '_')}` as `event_${Event extends `${infer Room}.${infer Name}` ? `${Room}_${Name}` : Event}`;
