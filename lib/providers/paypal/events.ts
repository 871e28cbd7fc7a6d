import { z } from 'zod';
import { EventNotAuthentic } from '@/lib/billing/payments/gateway/failures';
import type { EventSubject, GatewayEvent } from '@/lib/billing/payments/gateway/gateway';
import type { PayPal } from './client';
import type { SigningCertificates } from './signing-certificates';
import { transmissionOf, verifyAtPayPal, verifyHere } from './transmission';

const eventShape = z.object({
  id: z.string(),
  event_type: z.string(),
  create_time: z.string(),
  resource: z
    .object({
      id: z.string().optional(),
      dispute_id: z.string().optional(),
      billing_agreement_id: z.string().optional(),
      supplementary_data: z.object({ related_ids: z.object({ order_id: z.string().optional() }).optional() }).optional(),
    })
    .catch({}),
});
type PayPalEvent = z.output<typeof eventShape>;

interface Delivery {
  body: Uint8Array;
  headers: Readonly<Record<string, string | undefined>>;
  now: Date;
}

export interface Verification {
  paypal: PayPal;
  certificates: SigningCertificates;
  webhookId: string;
  verifyOnline: boolean;
}

/**
 * PayPal's notice, from the bytes as they came: they are checked before anything in them is believed. Throws
 * `EventNotAuthentic`, and `GatewayUnavailable` when it cannot be told whether it is authentic.
 */
export async function readEvent({ paypal, certificates, webhookId, verifyOnline }: Verification, { body, headers, now }: Delivery): Promise<GatewayEvent> {
  const transmission = transmissionOf(headers, now);
  if (!verifyOnline) await verifyHere(certificates, { webhookId, body, now, transmission });
  const json = parsed(body);
  if (verifyOnline) await verifyAtPayPal(paypal, { webhookId, event: json, transmission });
  const event = eventShape.safeParse(json);
  if (!event.success) throw new EventNotAuthentic('The notice is none in PayPal’s form.');
  const { id, event_type: type, create_time: time } = event.data;
  return { id, type, subject: subjectOf(event.data), occurredAt: new Date(time) };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw new EventNotAuthentic('The notice is none in PayPal’s form.');
  }
}

/** What the notice is about; null for what has no part in the port. Source: developer.paypal.com/api/rest/webhooks/event-names. Pure. */
export function subjectOf({ event_type: type, resource }: Pick<PayPalEvent, 'event_type' | 'resource'>): GatewayEvent['subject'] {
  const named = (kind: EventSubject, reference: string | undefined): GatewayEvent['subject'] => (reference ? { kind, reference } : null);
  const order = resource.supplementary_data?.related_ids?.order_id;
  if (type.startsWith('CHECKOUT.ORDER.')) return named('checkout', resource.id);
  if (type === 'PAYMENT.CAPTURE.REFUNDED' || type.startsWith('PAYMENT.REFUND.')) return named('refund', resource.id);
  if (type.startsWith('PAYMENT.CAPTURE.')) return named('charge', order);
  if (type.startsWith('VAULT.PAYMENT-TOKEN.')) return named('method', resource.id);
  if (type.startsWith('CUSTOMER.DISPUTE.')) return named('dispute', resource.dispute_id);
  if (type.startsWith('BILLING.SUBSCRIPTION.')) return named('subscription', resource.id);
  if (type.startsWith('PAYMENT.SALE.')) return named('subscription', resource.billing_agreement_id);
  return null;
}
