import type { ActionResult } from '@/lib/http/action';

export type Role = 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';

export interface MemberDto {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: string;
  invitedBy: string | null;
  /** Null: not in the last 30 days. */
  lastSeenAt: string | null;
}

export interface InvitationDto {
  id: string;
  email: string;
  role: Role;
  invitedBy: string | null;
  createdAt: string;
  /** Null: the mail could not be sent. */
  sentAt: string | null;
  expiresAt: string;
}

/** Server actions that change the team. */
export interface TeamActions {
  invite: (input: { email: string; role: Role }) => Promise<ActionResult<InvitationDto>>;
  resendInvitation: (input: { id: string }) => Promise<ActionResult<InvitationDto>>;
  revokeInvitation: (input: { id: string }) => Promise<ActionResult<unknown>>;
  changeRole: (input: { id: string; role: Role }) => Promise<ActionResult<unknown>>;
  removeMember: (input: { id: string }) => Promise<ActionResult<unknown>>;
  leaveAccount: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
}

/** Who looks at the page, and what they may change on it. */
export interface Viewer {
  userId: string;
  role: Role;
  /** Whether they may invite, change and remove. */
  mayManage: boolean;
}

/** The roles that somebody may give: that of owner is given by owners. */
export function rolesGivenBy(role: Role): Role[] {
  const others: Role[] = ['admin', 'billing', 'developer', 'viewer'];
  return role === 'owner' ? ['owner', ...others] : others;
}
