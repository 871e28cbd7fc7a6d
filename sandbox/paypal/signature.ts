import { createPrivateKey, randomUUID, sign, verify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What signs the events: the certificate and its issuer as PEM, and the key. */
export interface SigningCertificate {
  /** The part of its address that names it. */
  id: string;
  certificate: string;
  privateKey: string;
  /** The authority that issued it, and signed itself. */
  root: string;
}

export const certificatePath = '/v1/notifications/certs/';

/** What PayPal signs: https://developer.paypal.com/api/rest/webhooks/rest/#link-selfverificationmethod */
export function signedText({ id, time, webhookId, body }: { id: string; time: string; webhookId: string; body: string }): string {
  return `${id}|${time}|${webhookId}|${crc32(Buffer.from(body))}`;
}

/** The headers that an event comes with, signed for this attempt to deliver it. */
export function transmissionHeaders({ body, webhookId, certificate, url }: { body: string; webhookId: string; certificate: SigningCertificate; url: string }): Record<string, string> {
  const [id, time] = [randomUUID(), `${new Date().toISOString().slice(0, 19)}Z`];
  const signature = sign('RSA-SHA256', Buffer.from(signedText({ id, time, webhookId, body })), createPrivateKey(certificate.privateKey));
  return {
    'paypal-transmission-id': id,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': signature.toString('base64'),
    'paypal-cert-url': `${url}${certificatePath}${certificate.id}`,
    'paypal-auth-algo': 'SHA256withRSA',
    'user-agent': 'PayPal/AUHD-214.0 (sandbox)',
  };
}

/** Whether the sandbox's own certificate signed this. */
export function isSigned(text: string, signature: string, { certificate }: SigningCertificate): boolean {
  return verify('RSA-SHA256', Buffer.from(text), new X509Certificate(certificate).publicKey, Buffer.from(signature, 'base64'));
}
