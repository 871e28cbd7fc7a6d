import type Stripe from 'stripe';
import { EventNotAuthentic } from '@/lib/billing/payments/gateway/failures';
import type { EventSubject, GatewayEvent } from '@/lib/billing/payments/gateway/gateway';
import { idOf, momentOf } from './amounts';

const toleranceSeconds = 300;

/**
 * Stripe's notice, from the bytes as they came: their signature is checked before they are read, and its time against
 * `now`. Throws `EventNotAuthentic`. Source: docs.stripe.com/webhooks/signature.
 */
export function readEvent(stripe: Stripe, webhookSecret: string, { body, headers, now }: { body: Uint8Array; headers: Readonly<Record<string, string | undefined>>; now: Date }): GatewayEvent {
  const signature = headers['stripe-signature'];
  if (!signature) throw new EventNotAuthentic('The notice is not signed.');
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(body, signature, webhookSecret, toleranceSeconds, undefined, now.getTime());
  } catch {
    throw new EventNotAuthentic('The notice was not signed by Stripe with our secret in the last five minutes.');
  }
  return { id: event.id, type: event.type, subject: subjectOf(event), occurredAt: momentOf(event.created) };
}

const kinds: readonly (readonly [prefix: string, kind: EventSubject])[] = [
  ['charge.dispute.', 'dispute'],
  ['charge.refund.', 'refund'],
  ['refund.', 'refund'],
  ['payment_intent.', 'charge'],
  ['setup_intent.', 'setup'],
  ['payment_method.', 'method'],
  ['checkout.session.', 'checkout'],
  ['customer.subscription.', 'subscription'],
];

/** What the notice is about; null for what has no part in the port. Pure. */
export function subjectOf(event: Pick<Stripe.Event, 'type'> & { data: { object: object } }): GatewayEvent['subject'] {
  const thing = event.data.object as { id?: unknown; payment_intent?: string | { id: string } | null; parent?: Stripe.Invoice.Parent | null };
  const named = (kind: EventSubject, reference: unknown): GatewayEvent['subject'] => (typeof reference === 'string' ? { kind, reference } : null);
  const kind = kinds.find(([prefix]) => event.type.startsWith(prefix))?.[1];
  if (kind) return named(kind, thing.id);
  if (event.type.startsWith('charge.')) return named('charge', idOf(thing.payment_intent));
  // Stripe bills what it renews by invoices of its own.
  if (event.type.startsWith('invoice.')) return named('subscription', idOf(thing.parent?.subscription_details?.subscription));
  return null;
}
