import { recordAudit } from '@/lib/audit/record-audit';
import { addMember } from '@/lib/billing/accounts/add-member';
import { clockFor } from '@/lib/billing/accounts/test-clocks/account-clock';
import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Language } from '@/lib/i18n/languages';
import { createPerson } from '../people';
import type { Role } from '../permissions';
import { findUserByEmail, setEmailVerified } from '../sign-in/store';
import { invitationState, type InvitationState } from './invitation';
import { hashOfToken } from './invite';
import { findInvitationByToken, findMembership, setInvitationAccepted } from './store';

/** An invitation as whoever holds its link sees it. */
export interface InvitationOffer {
  email: string;
  role: Role;
  account: { id: string; name: string };
  /** Null when they are gone. */
  invitedBy: string | null;
  state: InvitationState;
  expiresAt: Date;
  /** Whether somebody with the address has signed in here before: they join as themselves. */
  personKnown: boolean;
}

/** What the link of a mail offers; null for a link that is none, or that a newer mail has replaced. */
export async function readInvitation(token: string, clock: Clock): Promise<InvitationOffer | null> {
  const invitation = await findInvitationByToken(database(), hashOfToken(token));
  if (!invitation) return null;
  const { email, role, account, invitedBy, expiresAt } = invitation;
  const personKnown = (await findUserByEmail(database(), email)) !== null;
  const now = (await clockFor(account.id, clock)).now();
  return { email, role, account, invitedBy: invitedBy?.name ?? null, state: invitationState(invitation, now), expiresAt, personKnown };
}

export interface Acceptance {
  token: string;
  /** Who is signed in where the link was opened; null: nobody. */
  personId: string | null;
  /** For somebody who is new here. */
  newcomer: { name: string; password?: string; language: Language };
}

export interface Joined {
  accountId: string;
  personId: string;
  /** True for somebody who was created by this, and is to be signed in. */
  isNew: boolean;
}

/**
 * Joins the account of an invitation. Somebody who is known joins signed in, since a link that waits for days in a mailbox
 * shall open no other account of theirs; somebody new is created, their address proved by the link. Accepting again as the
 * same person changes nothing. Throws `invitation_ended`, `invitation_used`, `invitation_for_another` and `sign_in_to_join`.
 */
export function acceptInvitation({ token, personId, newcomer }: Acceptance, realClock: Clock): Promise<Joined> {
  return inTransaction(async (transaction) => {
    const tokenHash = hashOfToken(token);
    const accountId = (await findInvitationByToken(transaction, tokenHash))?.accountId;
    if (!accountId) throw new DomainError('invitation_ended');
    await lockAccount(transaction, accountId);
    const clock = await clockFor(accountId, realClock);
    const invitation = await findInvitationByToken(transaction, tokenHash);
    const now = clock.now();
    const state = invitation && invitationState(invitation, now);
    if (!invitation || state === 'revoked' || state === 'expired') throw new DomainError('invitation_ended');

    const { id, email, role, invitedById } = invitation;
    if (state === 'accepted') {
      if (personId && invitation.acceptedById === personId) return { accountId, personId, isNew: false };
      throw new DomainError('invitation_used');
    }

    const known = await findUserByEmail(transaction, email);
    if (personId && known?.id !== personId) throw new DomainError('invitation_for_another');
    if (known && !personId) throw new DomainError('sign_in_to_join');
    const joining = known?.id ?? (await createPerson({ email, ...newcomer }, clock));
    await setEmailVerified(transaction, joining, now);

    const context: Context = { actor: { kind: 'person', id: joining }, accountId, clock, requestId: newId('req') };
    await setInvitationAccepted(transaction, id, joining, now);
    await recordAudit(transaction, context, { action: 'invitation.accepted', subject: id, after: { email, role } });
    if (!(await findMembership(transaction, accountId, joining))) {
      const inviter: Context = invitedById ? { ...context, actor: { kind: 'person', id: invitedById } } : context;
      await addMember(inviter, { userId: joining, role, invitedById });
    }
    return { accountId, personId: joining, isNew: !known };
  });
}
