import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Caller } from '../caller';
import { rolePermissions } from '../permissions';
import { signInByPassword } from '../sign-in/sign-in';
import { findUserToken, insertUserToken, listMemberships, noteUserTokenUse, revokeUserToken } from './store';

const lifetime = 12 * 60 * 60 * 1000;
const noteUseEvery = 60 * 1000;

// The token has 256 random bits, so a plain SHA-256 is enough.
const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface TokenRequest {
  email: string;
  password: string;
  /** The account to act for; the person's oldest one unless said. */
  accountId?: string;
}

export interface NewUserToken {
  /** Shown once: only a hash is kept. */
  token: string;
  expiresAt: Date;
  account: { id: string; name: string };
}

/**
 * A bearer token for somebody who knows their password, good for 12 hours and one account. Throws `invalid_credentials`,
 * `rate_limited`, and `not_found` for an account that the person does not belong to.
 */
export async function createUserToken(context: Context, { email, password, accountId }: TokenRequest): Promise<NewUserToken> {
  const person = await signInByPassword({ email, password, clientAddress: context.caller?.address ?? 'unknown' }, context.clock);
  const memberships = await listMemberships(database(), person.id);
  const { account } = found(accountId === undefined ? memberships[0] : memberships.find((membership) => membership.accountId === accountId), 'account');

  const token = `put_${randomBytes(32).toString('base64url')}`;
  const id = newId('tok');
  const createdAt = context.clock.now();
  const expiresAt = new Date(createdAt.getTime() + lifetime);
  await inTransaction(async (transaction) => {
    await insertUserToken(transaction, { id, userId: person.id, accountId: account.id, tokenHash: hash(token), createdAt, expiresAt });
    await recordAudit(
      transaction,
      { ...context, actor: { kind: 'person', id: person.id }, accountId: account.id },
      { action: 'user_token.created', subject: id, after: { expiresAt } },
    );
  });
  return { token, expiresAt, account: { id: account.id, name: account.name } };
}

/**
 * Who holds this token; the permissions are those of their role at this moment. Throws `unauthenticated` for one that
 * does not exist, `token_expired` for one that ran out or was revoked, `forbidden` when they have left the account.
 */
export async function authenticateUserToken(text: string, clock: Clock): Promise<Caller> {
  const token = await findUserToken(database(), hash(text));
  if (!token) throw new DomainError('unauthenticated');
  const now = clock.now();
  if (token.revokedAt || token.expiresAt <= now) throw new DomainError('token_expired');
  const membership = token.user.memberships.find(({ accountId }) => accountId === token.accountId);
  if (!membership) throw new DomainError('membership_ended');
  const since = new Date(now.getTime() - noteUseEvery);
  if (!token.lastUsedAt || token.lastUsedAt < since) await noteUserTokenUse(database(), token.id, now, since);
  return {
    actor: { kind: 'person', id: token.userId },
    accountId: token.accountId,
    permissions: rolePermissions[membership.role],
    credential: 'user_token',
    credentialId: token.id,
  };
}

/** Ends the token that the caller came with. Throws `conflict` when they came with something else. */
export async function revokeCurrentToken(context: Context): Promise<void> {
  const { actor, caller } = context;
  if (caller?.credential !== 'user_token') throw new DomainError('conflict', 'This call was not made with a user token, so there is none to revoke.');
  await inTransaction(async (transaction) => {
    if (!(await revokeUserToken(transaction, caller.credentialId, actor.id, context.clock.now()))) return;
    await recordAudit(transaction, context, { action: 'user_token.revoked', subject: caller.credentialId });
  });
}
