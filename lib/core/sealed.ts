import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { settings } from './settings';

const algorithm = 'aes-256-gcm';
const form = 's1';

function keyOf(encryptionKey: string): { bytes: Buffer; name: string } {
  const bytes = Buffer.from(encryptionKey, 'base64');
  // The name tells later which key a text was sealed with, and nothing about the key.
  return { bytes, name: createHash('sha256').update('key name').update(bytes).digest('hex').slice(0, 8) };
}

/**
 * Encrypts a text that is kept in the database, with `ENCRYPTION_KEY`. `purpose` names what it belongs to, such as the id
 * of its row: opened for another purpose it is refused, so that a sealed text cannot be moved to another row.
 */
export function seal(text: string, purpose: string): string {
  const key = keyOf(settings().encryptionKey);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key.bytes, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [form, key.name, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

/** The text that `seal` made of it. Throws when it was changed, belongs to another purpose or was sealed with another key. */
export function unseal(sealed: string, purpose: string): string {
  const [found, keyName, nonce = '', rest = ''] = sealed.split('.');
  const key = keyOf(settings().encryptionKey);
  if (found !== form || keyName !== key.name) throw new Error('The text was not sealed with this ENCRYPTION_KEY.');
  const bytes = Buffer.from(rest, 'base64url');
  const decipher = createDecipheriv(algorithm, key.bytes, Buffer.from(nonce, 'base64url')).setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
}
