import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { createApiKey } from './api-keys';
import { isSellerPermission, permissions, rolePermissions, type Permission } from './permissions';
import { findAccountKey, listAccountKeys, roleOf, sellerOfAccount, setKeyRevoked } from './store';

/** What an account's key may be given: everything of the account but the power over keys, which stays with people. */
export const keyScopes = permissions.filter((permission) => !permission.startsWith('api_key:') && !isSellerPermission(permission));

export const newApiKeyInput = z.strictObject({
  name: z.string().trim().min(1, 'Give the key a name.').max(100),
  scopes: z.array(z.enum(keyScopes)).min(1, 'Choose at least one permission.'),
  /** Null: until it is revoked. */
  expiresAt: z.date().nullable().default(null),
});

/** A key as lists show it; `prefix` begins its text. */
export interface ApiKey {
  id: string;
  accountId: string | null;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** What the actor may do in the account at this moment. Keys are the business of people (and of ourselves). */
async function permissionsOf(db: Database, { actor, accountId }: Context): Promise<readonly Permission[]> {
  if (actor.kind === 'system') return permissions;
  if (actor.kind === 'api_key') return [];
  const role = await roleOf(db, accountId, actor.id);
  return role ? rolePermissions[role] : [];
}

async function assertMay(db: Database, context: Context, permission: Permission): Promise<readonly Permission[]> {
  const held = await permissionsOf(db, context);
  if (!held.includes(permission)) throw new DomainError('forbidden');
  return held;
}

/** The account's keys, revoked ones too, the newest first. Throws `forbidden` without `api_key:read`. */
export async function listApiKeys(context: Context): Promise<ApiKey[]> {
  await assertMay(database(), context, 'api_key:read');
  return listAccountKeys(database(), context.accountId);
}

/**
 * Creates a key of the account and returns its text, shown once. Throws `forbidden` without `api_key:write` or for a
 * scope that the actor lacks, and `invalid_request` for an expiry that lies behind.
 */
export function addApiKey(context: Context, input: z.output<typeof newApiKeyInput>): Promise<{ id: string; text: string }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const held = await assertMay(transaction, context, 'api_key:write');
    if (input.scopes.some((scope) => !held.includes(scope))) throw new DomainError('forbidden', 'A key cannot be given more than you may do yourself.');
    if (input.expiresAt && input.expiresAt <= context.clock.now()) {
      throw new DomainError('invalid_request', undefined, { issues: [{ field: 'expiresAt', message: 'Choose a moment that lies ahead.' }] });
    }
    const sellerId = found(await sellerOfAccount(transaction, context.accountId), 'account');
    const key = await createApiKey({ sellerId, accountId: context.accountId, ...input }, context.clock);
    await recordAudit(transaction, context, { action: 'api_key.created', subject: key.id, after: input });
    return key;
  });
}

/**
 * Ends a key of the account at once; ending one that has ended does nothing. Throws `forbidden` without `api_key:write`
 * and `not_found` for a key of another account.
 */
export function revokeApiKey(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await assertMay(transaction, context, 'api_key:write');
    const key = found(await findAccountKey(transaction, context.accountId, id), 'API key');
    if (key.revokedAt) return;
    await setKeyRevoked(transaction, id, context.clock.now());
    await recordAudit(transaction, context, { action: 'api_key.revoked', subject: id, before: { name: key.name } });
  });
}
