import { hash as digest, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { readApiKey, readSellerOf, rememberedApiKey, rememberedSellerOf, type StoredKey } from './credential-memory';
import type { Caller } from './caller';
import { isPeoplePermission, isSellerPermission, type Permission } from './permissions';
import { insertApiKey, noteApiKeyUse } from './store';

const keyText = /^cpk_([0-9a-f]{12})_([\w-]{32})$/;
const prefixOf = (text: string): string => text.slice(4, 16);

const hash = (secret: string): string => digest('sha256', secret, 'hex');

export interface NewApiKey {
  sellerId: string;
  /** Null: a seller's key, which names the account in each call. */
  accountId: string | null;
  name: string;
  scopes: readonly Permission[];
  expiresAt: Date | null;
  /** The person who creates it; nobody unless said. */
  createdById?: string;
}

/**
 * Creates a key and returns its text, which is shown once: only a hash is kept. The secret has 192 random bits, so a
 * plain SHA-256 is enough.
 */
export async function createApiKey(key: NewApiKey, clock: Clock): Promise<{ id: string; text: string }> {
  const id = newId('key');
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(24).toString('base64url');
  await insertApiKey(database(), { ...key, id, scopes: [...key.scopes], prefix, secretHash: hash(secret), createdAt: clock.now() });
  return { id, text: `cpk_${prefix}_${secret}` };
}

const noteUseEvery = 60 * 1000;

/** Keeps when the key was last used, to the minute: a key in constant use is not written to at every call. */
async function noteUse(key: { id: string; lastUsedAt: Date | null }, now: Date): Promise<void> {
  key.lastUsedAt = now; // In memory too, so that of many calls at once one writes.
  await noteApiKeyUse(database(), key.id, now, new Date(now.getTime() - noteUseEvery));
}

const isRight = (secret: string, key: { secretHash: string }): boolean => timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(key.secretHash));

const noteIsDue = (key: { lastUsedAt: Date | null }, now: Date): boolean => !key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= noteUseEvery;

/** What is known of a key in memory once somebody has shown its text. */
interface Proven {
  /** Its text. A set finds it by a hash with a secret seed, so time tells nothing of it. */
  texts: ReadonlySet<string>;
  permissions: readonly Permission[];
}

// By the row, which is another one once the key has changed.
const provenKeys = new WeakMap<StoredKey, Proven>();

function prove(key: StoredKey, text: string): Proven {
  const permissions = key.scopes.filter((scope) => !isPeoplePermission(scope) && (key.accountId === null || !isSellerPermission(scope))) as Permission[];
  const proven = { texts: new Set([text]), permissions };
  provenKeys.set(key, proven);
  return proven;
}

const callerOf = (key: StoredKey, accountId: string, { permissions }: Proven): Caller => ({
  actor: { kind: 'api_key', id: key.id }, accountId, permissions, credential: 'api_key', credentialId: key.id, costCentre: key.costCentre?.key,
});

/** Who holds this key, where that is known without waiting and without a doubt; `authenticateApiKey` says it for every key. */
export function rememberedKeyHolder(text: string, namedAccount: string | null, clock: Clock): Caller | undefined {
  const key = rememberedApiKey(prefixOf(text));
  const proven = key && provenKeys.get(key);
  if (!key || !proven?.texts.has(text) || key.revokedAt) return undefined;
  const now = clock.now();
  if ((key.expiresAt && key.expiresAt <= now) || noteIsDue(key, now)) return undefined;
  const accountId = key.accountId ?? namedAccount;
  if (!accountId || (namedAccount && namedAccount !== accountId)) return undefined;
  if (key.accountId === null && rememberedSellerOf(accountId) !== key.sellerId) return undefined;
  return callerOf(key, accountId, proven);
}

/**
 * Who holds this key. Throws `unauthenticated` for one that does not exist, `api_key_expired`, `api_key_revoked`, and
 * `not_found` when it names an account that is not the key's or the seller's. Waits only for what is not in memory.
 */
export async function authenticateApiKey(text: string, namedAccount: string | null, clock: Clock): Promise<Caller> {
  const [, prefix, secret] = keyText.exec(text) ?? [];
  const key = prefix ? (rememberedApiKey(prefix) ?? (await readApiKey(prefix))) : null;
  if (!key || !secret || !isRight(secret, key)) throw new DomainError('unauthenticated');
  const now = clock.now();
  if (key.revokedAt) throw new DomainError('api_key_revoked');
  if (key.expiresAt && key.expiresAt <= now) throw new DomainError('api_key_expired');

  const accountId = key.accountId ?? namedAccount;
  if (!accountId) throw new DomainError('invalid_request', 'A seller key acts for one account at a time: name it in the Portal-Account header.');
  if (namedAccount && namedAccount !== accountId) throw new DomainError('not_found', 'No such account.');
  if (key.accountId === null && (rememberedSellerOf(accountId) ?? (await readSellerOf(accountId))) !== key.sellerId) throw new DomainError('not_found', 'No such account.');

  if (noteIsDue(key, now)) await noteUse(key, now);
  return callerOf(key, accountId, prove(key, text));
}
