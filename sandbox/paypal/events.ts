import type { Rows } from '../server/tables';
import type { Link } from './resource';
import type { Sandbox } from './sandbox';

/** What is told: https://developer.paypal.com/api/rest/webhooks/event-names/ */
export const eventTypes = [
  'CHECKOUT.ORDER.APPROVED', 'CHECKOUT.ORDER.VOIDED',
  'PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.DENIED', 'PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.CAPTURE.REVERSED',
  'PAYMENT.REFUND.PENDING', 'PAYMENT.REFUND.FAILED',
  'PAYMENT.SALE.COMPLETED', 'PAYMENT.SALE.REFUNDED', 'PAYMENT.SALE.REVERSED',
  'VAULT.PAYMENT-TOKEN.CREATED', 'VAULT.PAYMENT-TOKEN.DELETED',
  'CATALOG.PRODUCT.CREATED', 'BILLING.PLAN.CREATED',
  'BILLING.SUBSCRIPTION.CREATED', 'BILLING.SUBSCRIPTION.ACTIVATED', 'BILLING.SUBSCRIPTION.UPDATED', 'BILLING.SUBSCRIPTION.SUSPENDED', 'BILLING.SUBSCRIPTION.CANCELLED',
  'BILLING.SUBSCRIPTION.EXPIRED', 'BILLING.SUBSCRIPTION.PAYMENT.FAILED',
  'CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface WebhookEvent {
  id: string;
  create_time: string;
  resource_type: string;
  event_type: EventType;
  summary: string;
  resource: unknown;
}

export interface Webhook {
  id: string;
  url: string;
  /** Names of events; `*` stands for all. */
  event_types: string[];
  /** Where it came from, when not by the API. */
  origin?: string;
}

export const events = (sandbox: Sandbox): Rows<WebhookEvent> => sandbox.tables.of<WebhookEvent>('webhook_event');
export const webhooks = (sandbox: Sandbox): Rows<Webhook> => sandbox.tables.of<Webhook>('webhook');

export const wants = ({ event_types }: Webhook, type: EventType): boolean => event_types.includes('*') || event_types.includes(type);

/** Sales and disputes are things of the first API, and told in its version. */
const versionOf = ({ event_type }: WebhookEvent): string => (/^(PAYMENT\.SALE|CUSTOMER)\./.test(event_type) ? '1.0' : '2.0');

/** An event as it is sent and shown. */
export function eventView(sandbox: Sandbox, event: WebhookEvent) {
  const href = `${sandbox.url}/v1/notifications/webhooks-events/${event.id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }, { href: `${href}/resend`, rel: 'resend', method: 'POST' }];
  const { id, create_time, resource_type, event_type, summary, resource } = event;
  return { id, event_version: '1.0', create_time, resource_type, resource_version: versionOf(event), event_type, summary, resource, links };
}
