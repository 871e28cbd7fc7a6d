import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { isLanguage } from '@/lib/i18n/languages';
import { invitationMail } from '@/lib/notify/invitation-mail';
import { sendMail } from '@/lib/notify/mail';
import { assertMay } from '../actor-permissions';
import { countInvitation } from '../sign-in/attempts';
import { invitationDays, type Invitation } from './invitation';
import { assertOwnerRule } from './owner-rule';
import type { newInvitationInput } from './schema';
import {
  belongsByEmail, countOwners, findInvitation, findOpenInvitation, insertInvitation, readInvitationTexts, readOpenInvitations, renewInvitation, setInvitationRevoked, setInvitationSent,
  type InvitationRow,
} from './store';

// The token has 256 random bits, so a plain SHA-256 is enough.
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

function newLink(now: Date): { token: string; tokenHash: string; expiresAt: Date } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashOfToken(token), expiresAt: new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000) };
}

/** The account's invitations that wait or have run out, the newest first. */
export function listInvitations(context: Context): Promise<Invitation[]> {
  return readOpenInvitations(database(), context.accountId);
}

/** Mails the link and notes that. A mail server that refuses it costs the mail alone: the invitation can be sent again. */
async function deliver(context: Context, invitation: InvitationRow, token: string): Promise<Invitation> {
  const { language, ...texts } = await readInvitationTexts(database(), invitation);
  const mail = invitationMail({ ...texts, email: invitation.email, role: invitation.role, token, days: invitationDays }, isLanguage(language) ? language : 'en');
  let sentAt: Date | null = null;
  try {
    // Not queued: the link must stand in no table.
    await sendMail(mail, context.clock);
    sentAt = context.clock.now();
    await setInvitationSent(database(), invitation.id, invitation.tokenHash, sentAt);
  } catch (error) {
    log('team').warn({ err: error, invitation: invitation.id }, 'the mail server refused an invitation');
  }
  const { id, email, role, createdAt, expiresAt } = invitation;
  return { id, email, role, invitedBy: texts.inviter, createdAt, sentAt, expiresAt };
}

/**
 * Asks somebody by mail to join the account: a link that works once, for seven days. Throws `forbidden` without
 * `member:write`, `owner_required`, `already_member`, `already_invited`, and `rate_limited` past 30 an hour for the account
 * or 5 for the address.
 */
export async function invite(context: Context, { email, role }: z.output<typeof newInvitationInput>): Promise<Invitation> {
  const now = context.clock.now();
  const { token, ...link } = newLink(now);
  const invitedById = context.actor.kind === 'person' ? context.actor.id : null;
  const invitation: InvitationRow = { id: newId('invt'), accountId: context.accountId, email, role, ...link, invitedById, createdAt: now };
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const by = await assertMay(transaction, context, 'member:write');
    assertOwnerRule({ by, from: null, to: role, owners: await countOwners(transaction, context.accountId) });
    if (await belongsByEmail(transaction, context.accountId, email)) throw new DomainError('already_member');
    const earlier = await findOpenInvitation(transaction, context.accountId, email);
    if (earlier && earlier.expiresAt > now) throw new DomainError('already_invited');
    await countInvitation(context.accountId, email, context.clock);
    if (earlier) await setInvitationRevoked(transaction, earlier.id, now);
    await insertInvitation(transaction, invitation);
    await recordAudit(transaction, context, { action: 'invitation.created', subject: invitation.id, after: { email, role, expiresAt: invitation.expiresAt } });
  });
  return deliver(context, invitation, token);
}

/**
 * Mails a new link that works for seven days more; the earlier one is of no use from then on. Throws `forbidden` without
 * `member:write`, `owner_required`, `not_found`, `invitation_used`, `invitation_ended` for a revoked one, and `rate_limited`.
 */
export async function resendInvitation(context: Context, id: string): Promise<Invitation> {
  const { token, ...link } = newLink(context.clock.now());
  const invitation = await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const by = await assertMay(transaction, context, 'member:write');
    const before = found(await findInvitation(transaction, context.accountId, id), 'invitation');
    assertOwnerRule({ by, from: null, to: before.role, owners: await countOwners(transaction, context.accountId) });
    if (before.acceptedAt) throw new DomainError('invitation_used');
    if (before.revokedAt) throw new DomainError('invitation_ended');
    const { email } = before;
    await countInvitation(context.accountId, email, context.clock);
    await renewInvitation(transaction, id, link);
    await recordAudit(transaction, context, { action: 'invitation.resent', subject: id, before: { email, expiresAt: before.expiresAt }, after: { email, expiresAt: link.expiresAt } });
    return { ...before, ...link };
  });
  return deliver(context, invitation, token);
}

/**
 * Takes an invitation back: its link is of no use from then on. Taking back one that has ended does nothing. Throws
 * `forbidden` without `member:write`, `not_found`, and `invitation_used` for one that was accepted.
 */
export function revokeInvitation(context: Context, id: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await assertMay(transaction, context, 'member:write');
    const { email, role, acceptedAt, revokedAt } = found(await findInvitation(transaction, context.accountId, id), 'invitation');
    if (acceptedAt) throw new DomainError('invitation_used');
    if (revokedAt) return;
    await setInvitationRevoked(transaction, id, context.clock.now());
    await recordAudit(transaction, context, { action: 'invitation.revoked', subject: id, before: { email, role } });
  });
}
