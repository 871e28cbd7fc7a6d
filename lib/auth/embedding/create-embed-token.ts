import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import { lesserRole } from './lesser-role';
import type { embedTokenInput } from './schema';
import { longestEmbedSession } from './lifetime';
import { findMemberByEmail, insertEmbedToken, readEmbedOrigins, wasToldOf, type Opening } from './store';

const lifetime = 60 * 1000;

/** What is kept of a token. It has 256 random bits, so a plain SHA-256 is enough. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface NewEmbedToken {
  id: string;
  /** Shown once: only a hash is kept. */
  token: string;
  expiresAt: Date;
}

/**
 * A token for one opening of the portal in a frame: for this portal, one member, one origin, once, and for 60 seconds of
 * real time, whatever time the account lives in. The audit log tells of it once for as long as a frame's session can live, so that
 * one that is only renewed fills no log. Throws `origin_not_allowed`, `not_found` for somebody who is no member, and
 * `forbidden` for a role that may do more than the member's.
 */
export function createEmbedToken(context: Context, { email, origin, role }: z.output<typeof embedTokenInput>): Promise<NewEmbedToken> {
  return inTransaction(async (transaction) => {
    const { accountId, actor } = context;
    await lockAccount(transaction, accountId);
    const origins = found(await readEmbedOrigins(transaction, accountId), 'account');
    if (!origins.includes(origin)) throw new DomainError('origin_not_allowed');
    const member = found(await findMemberByEmail(transaction, accountId, email), 'member');
    if (role && lesserRole(member.role, role) !== role) throw new DomainError('forbidden', 'This role may do what the member may not. Ask for less, or leave the role out.');

    const token = `pet_${randomBytes(32).toString('base64url')}`;
    const id = newId('emt');
    const createdAt = systemClock.now();
    const expiresAt = new Date(createdAt.getTime() + lifetime);
    await insertEmbedToken(transaction, {
      id, accountId, userId: member.userId, role: role ?? null, origin, audience: settings().appUrl, tokenHash: hashOf(token), apiKeyId: actor.id, createdAt, expiresAt,
    });
    const opening: Opening = { personId: member.userId, email, origin, role: role ?? member.role };
    if (!(await wasToldOf(transaction, accountId, opening, new Date(context.clock.now().getTime() - longestEmbedSession)))) {
      const { personId: subject, ...after } = opening;
      await recordAudit(transaction, context, { action: 'embed_token.created', subject, after });
    }
    return { id, token, expiresAt };
  });
}
