import { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { instantInput, lineInput } from '@/lib/core/input';
import { assertMay } from './actor-permissions';
import { createApiKey } from './api-keys';
import { isPeoplePermission, isSellerPermission, permissions, rolePermissions } from './permissions';
import { findAccountKey, listAccountKeys, sellerOfAccount, setKeyRevoked } from './store';

/** What an account's key may be given: everything of the account but what stays with people. */
export const keyScopes = permissions.filter((permission) => !isPeoplePermission(permission) && !isSellerPermission(permission));

export const newApiKeyInput = z.strictObject({
  name: z.string().trim().pipe(lineInput.max(100)).describe('So that people know the key again.'),
  scopes: z.array(z.enum(keyScopes)).min(1, 'Choose at least one permission.').describe('What the key may do: at most what you may do yourself.'),
  expiresAt: instantInput.nullable().default(null).describe('Null: it works until it is revoked.'),
});

export const apiKeyDto = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('Begins the text of the key, after `cpk_`.'),
  scopes: z.array(z.string()),
  createdBy: z.string().nullable().describe('The name of who created it; null when they are gone.'),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable().describe('To the minute.'),
  revokedAt: z.date().nullable(),
});

/** A key as lists show it; `prefix` begins its text. */
export interface ApiKey {
  id: string;
  accountId: string | null;
  name: string;
  prefix: string;
  scopes: string[];
  /** The name of who created it; null when they are gone, or when it was none of the account's people. */
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
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
    const held = rolePermissions[await assertMay(transaction, context, 'api_key:write')];
    if (input.scopes.some((scope) => !held.includes(scope))) throw new DomainError('forbidden', 'A key cannot be given more than you may do yourself.');
    if (input.expiresAt && input.expiresAt <= context.clock.now()) {
      throw new DomainError('invalid_request', undefined, { issues: [{ field: 'expiresAt', message: 'Choose a moment that lies ahead.' }] });
    }
    const sellerId = found(await sellerOfAccount(transaction, context.accountId), 'account');
    const key = await createApiKey({ sellerId, accountId: context.accountId, ...input, ...(context.actor.kind === 'person' && { createdById: context.actor.id }) }, context.clock);
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
