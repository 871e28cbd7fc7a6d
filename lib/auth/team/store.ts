import type { Database } from '@/lib/core/database';
import type { Role } from '../permissions';
import type { Invitation } from './invitation';

export function findMember(db: Database, accountId: string, id: string) {
  return db.membership.findFirst({ where: { id, accountId }, include: { user: { select: { name: true, email: true } } } });
}

export function findMembership(db: Database, accountId: string, userId: string) {
  return db.membership.findUnique({ where: { accountId_userId: { accountId, userId } } });
}

export function countOwners(db: Database, accountId: string): Promise<number> {
  return db.membership.count({ where: { accountId, role: 'owner' } });
}

export async function setRole(db: Database, id: string, role: Role): Promise<void> {
  await db.membership.update({ where: { id }, data: { role } });
}

/** Takes the person out of the account and ends their tokens for it. Their sessions ask for the membership each time. */
export async function deleteMembership(db: Database, membership: { id: string; accountId: string; userId: string }, now: Date): Promise<void> {
  const { id, accountId, userId } = membership;
  await db.membership.delete({ where: { id } });
  await db.userToken.updateMany({ where: { accountId, userId, revokedAt: null }, data: { revokedAt: now } });
}

export async function belongsByEmail(db: Database, accountId: string, email: string): Promise<boolean> {
  return (await db.membership.count({ where: { accountId, user: { email } } })) > 0;
}

export interface InvitationRow {
  id: string;
  accountId: string;
  email: string;
  role: Role;
  tokenHash: string;
  invitedById: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertInvitation(db: Database, invitation: InvitationRow): Promise<void> {
  await db.invitation.create({ data: invitation });
}

const open = { acceptedAt: null, revokedAt: null };

/** The invitation of the address that was neither accepted nor revoked; it may have run out. */
export function findOpenInvitation(db: Database, accountId: string, email: string) {
  return db.invitation.findFirst({ where: { accountId, email, ...open } });
}

export function findInvitation(db: Database, accountId: string, id: string) {
  return db.invitation.findFirst({ where: { id, accountId } });
}

export function findInvitationByToken(db: Database, tokenHash: string) {
  return db.invitation.findUnique({ where: { tokenHash }, include: { account: { select: { id: true, name: true } }, invitedBy: { select: { name: true } } } });
}

/** Gives the invitation a new link and a new term; the old link is of no use from then on. */
export async function renewInvitation(db: Database, id: string, link: { tokenHash: string; expiresAt: Date }): Promise<void> {
  await db.invitation.update({ where: { id }, data: { ...link, sentAt: null } });
}

export async function setInvitationSent(db: Database, id: string, tokenHash: string, sentAt: Date): Promise<void> {
  await db.invitation.updateMany({ where: { id, tokenHash }, data: { sentAt } });
}

export async function setInvitationRevoked(db: Database, id: string, revokedAt: Date): Promise<void> {
  await db.invitation.update({ where: { id }, data: { revokedAt } });
}

export async function setInvitationAccepted(db: Database, id: string, acceptedById: string, acceptedAt: Date): Promise<void> {
  await db.invitation.update({ where: { id }, data: { acceptedById, acceptedAt } });
}

/** Those that wait or have run out, the newest first. */
export async function readOpenInvitations(db: Database, accountId: string): Promise<Invitation[]> {
  const rows = await db.invitation.findMany({
    where: { accountId, ...open },
    include: { invitedBy: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ id, email, role, invitedBy, createdAt, sentAt, expiresAt }) => ({ id, email, role, invitedBy: invitedBy?.name ?? null, createdAt, sentAt, expiresAt }));
}

/** What the mail of an invitation says, and in whose language. */
export async function readInvitationTexts(db: Database, invitation: { accountId: string; email: string; invitedById: string | null }) {
  const { accountId, email, invitedById } = invitation;
  const [account, inviter, invited] = await Promise.all([
    db.account.findUniqueOrThrow({ where: { id: accountId }, select: { name: true, language: true } }),
    invitedById === null ? null : db.user.findUnique({ where: { id: invitedById }, select: { name: true, language: true } }),
    db.user.findUnique({ where: { email }, select: { language: true } }),
  ]);
  return { account: account.name, inviter: inviter?.name ?? null, language: invited?.language ?? inviter?.language ?? account.language };
}

/** Deletes invitations whose term ended before the moment. Returns how many. */
export async function deleteOldInvitations(db: Database, before: Date): Promise<number> {
  return (await db.invitation.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
