import { verify } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { EventNotAuthentic } from '@/lib/billing/payments/gateway/failures';
import type { PayPal } from './client';
import { asking } from './failures';
import type { SigningCertificates } from './signing-certificates';

const tolerance = 5 * 60_000;
const algorithm = 'SHA256withRSA';

/** What PayPal says beside a notice, in its headers. */
export interface Transmission {
  id: string;
  time: string;
  signature: string;
  certificate: string;
  algorithm: string;
}

/** Throws `EventNotAuthentic` for a notice that is not signed, or was sent more than five minutes from `now`. */
export function transmissionOf(headers: Readonly<Record<string, string | undefined>>, now: Date): Transmission {
  const [id, time, signature, certificate] = ['paypal-transmission-id', 'paypal-transmission-time', 'paypal-transmission-sig', 'paypal-cert-url'].map((name) => headers[name]);
  if (!id || !time || !signature || !certificate || headers['paypal-auth-algo'] !== algorithm) throw new EventNotAuthentic('The notice is not signed.');
  if (!(Math.abs(now.getTime() - Date.parse(time)) <= tolerance)) throw new EventNotAuthentic('The notice was not sent in the last five minutes.');
  return { id, time, signature, certificate, algorithm };
}

/** Checks the signature here. Throws `EventNotAuthentic`. Source: developer.paypal.com/api/rest/webhooks/rest, self verification. */
export async function verifyHere(certificates: SigningCertificates, { webhookId, body, now, transmission }: { webhookId: string; body: Uint8Array; now: Date; transmission: Transmission }): Promise<void> {
  const { id, time, signature, certificate } = transmission;
  const { publicKey } = await certificates.at(certificate, now);
  const isSigned = verify('RSA-SHA256', Buffer.from([id, time, webhookId, crc32(body)].join('|')), publicKey, Buffer.from(signature, 'base64'));
  if (!isSigned) throw new EventNotAuthentic('The notice was not signed by PayPal for our webhook.');
}

/** Asks PayPal about the signature. Throws `EventNotAuthentic`. Source: developer.paypal.com/docs/api/webhooks/v1, verify webhook signature. */
export async function verifyAtPayPal(paypal: PayPal, { webhookId, event, transmission: { id, time, signature, certificate } }: { webhookId: string; event: unknown; transmission: Transmission }): Promise<void> {
  const answer = await asking(() =>
    paypal.request({
      method: 'POST',
      path: '/v1/notifications/verify-webhook-signature',
      body: { transmission_id: id, transmission_time: time, transmission_sig: signature, cert_url: certificate, auth_algo: algorithm, webhook_id: webhookId, webhook_event: event },
    }),
  );
  const { verification_status: status } = answer as { verification_status?: string };
  if (status !== 'SUCCESS') throw new EventNotAuthentic('PayPal says that the notice is not its own.');
}
