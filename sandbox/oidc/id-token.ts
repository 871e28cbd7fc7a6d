import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key that signs, and what the issuer publishes of it (RFC 7517). */
export interface SigningKey {
  id: string;
  secret: KeyObject;
  published: Record<string, unknown>;
}

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const id = randomBytes(8).toString('hex');
  return { id, secret: privateKey, published: { ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig', alg: 'RS256' } };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims as a signed token (RFC 7515, RS256). */
export function signedToken(claims: object, key: SigningKey): string {
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: key.id })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key.secret).toString('base64url')}`;
}
