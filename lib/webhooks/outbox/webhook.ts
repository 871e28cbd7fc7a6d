/** What products can be told about. Names are never changed. */
export const webhookEvents = [
  'quota.threshold_reached', 'spend.threshold_reached', 'budget.threshold_reached', 'forecast.limit_exceeded', 'usage.unusual',
  'invoice.paid', 'invoice.payment_failed', 'invoice.payment_action_required', 'invoice.uncollectible',
  'payment.disputed', 'payment.dispute_closed',
  'webhook.test',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Those that an endpoint may ask for; a test is sent on request alone. */
export const subscribableEvents = webhookEvents.filter((event) => event !== 'webhook.test');

/** An address of the customer's product at which it is told about events. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  events: WebhookEvent[];
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  id: string;
  endpointId: string;
  /** The same for every endpoint and every attempt: by it a receiver knows what it has seen. */
  eventId: string;
  event: WebhookEvent;
  status: DeliveryStatus;
  attempts: number;
  /** Null when no further attempt will be made. */
  nextAttemptAt: Date | null;
  lastAttemptAt: Date | null;
  /** HTTP status of the newest answer; null when there was none. */
  responseStatus: number | null;
  /** Why the newest attempt failed, in a sentence. */
  failure: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}

/** How many endpoints an account may have. */
export const mostEndpoints = 20;
