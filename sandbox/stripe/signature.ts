import { createHmac } from 'node:crypto';

/**
 * `Stripe-Signature` for a body: an HMAC of the moment and the body, by the endpoint's secret.
 * https://docs.stripe.com/webhooks#verify-manually. The moment is real time, as receivers compare it with theirs.
 */
export function signatureHeader(body: string, secret: string, seconds = Math.floor(Date.now() / 1000)): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
