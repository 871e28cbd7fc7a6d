import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export function newSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

/**
 * The headers that prove a message: Standard Webhooks, so that its libraries verify it. The signature is HMAC-SHA256 over
 * `id.timestamp.body` with the bytes of the secret; the timestamp (seconds since 1970) keeps old messages from being sent again.
 */
export function signedHeaders(secret: string, message: { id: string; at: Date; body: string }): Record<string, string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64');
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
