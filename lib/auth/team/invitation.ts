import type { Role } from '../permissions';

/** Days that an invitation waits for an answer. */
export const invitationDays = 7;

/** Somebody asked by mail to join an account. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  /** The name of who invited; null when they are gone. */
  invitedBy: string | null;
  createdAt: Date;
  /** When the mail was handed over; null when it could not be: send it again. */
  sentAt: Date | null;
  expiresAt: Date;
}

export type InvitationState = 'waiting' | 'expired' | 'accepted' | 'revoked';

/** What became of an invitation. */
export function invitationState(invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date }, now: Date): InvitationState {
  if (invitation.acceptedAt) return 'accepted';
  if (invitation.revokedAt) return 'revoked';
  return invitation.expiresAt <= now ? 'expired' : 'waiting';
}
