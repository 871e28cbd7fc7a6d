import { z } from 'zod';
import { changeRole } from '@/lib/auth/team/change-role';
import { invite, listInvitations, resendInvitation, revokeInvitation } from '@/lib/auth/team/invite';
import { leaveAccount, removeMember } from '@/lib/auth/team/remove-member';
import { invitationDto, newInvitationInput, roleInput } from '@/lib/auth/team/schema';
import { listMembers } from '@/lib/billing/accounts/list-members';
import { memberDto } from '@/lib/billing/accounts/schema';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Team';
const members = '/api/v1/billing/members';
const invitations = '/api/v1/billing/invitations';
const params = z.strictObject({ id: idInput });

export const listMembersContract = contract({
  id: 'listMembers',
  method: 'GET',
  path: members,
  group,
  summary: 'List the people of the account',
  description: 'Everybody, owners first.',
  permission: 'member:read',
  output: z.object({ items: z.array(memberDto) }),
  errors: [],
  handle: async (context) => ({ items: await listMembers(context) }),
});

export const changeRoleContract = contract({
  id: 'changeMemberRole',
  method: 'PATCH',
  path: `${members}/{id}`,
  group,
  summary: 'Give a member another role',
  description: 'It counts from their next request on. Only an owner makes or changes owners, and the last one stays an owner. Only people may do this, no API key.',
  permission: 'member:write',
  params,
  body: roleInput,
  output: z.object({}),
  errors: ['not_found', 'owner_required', 'last_owner'],
  example: { role: 'billing' },
  handle: async (context, { params: { id }, body: { role } }) => {
    await changeRole(context, { id, role });
    return {};
  },
});

export const removeMemberContract = contract({
  id: 'removeMember',
  method: 'DELETE',
  path: `${members}/{id}`,
  group,
  summary: 'Remove a member',
  description: 'Their sessions and tokens lose the account at once. API keys that they created are the account’s and go on working.',
  permission: 'member:write',
  params,
  output: z.object({}),
  errors: ['not_found', 'owner_required', 'last_owner'],
  handle: async (context, { params: { id } }) => {
    await removeMember(context, id);
    return {};
  },
});

export const leaveAccountContract = contract({
  id: 'leaveAccount',
  method: 'POST',
  path: `${members}/leave`,
  group,
  summary: 'Leave the account yourself',
  description: 'For a person of any role. The last owner stays.',
  permission: 'account:read',
  // Whoever has left is no member to whom a stored answer could be repeated.
  idempotency: 'own',
  output: z.object({}),
  errors: ['last_owner'],
  handle: async (context) => {
    await leaveAccount(context);
    return {};
  },
});

export const listInvitationsContract = contract({
  id: 'listInvitations',
  method: 'GET',
  path: invitations,
  group,
  summary: 'List invitations that wait or have run out',
  permission: 'member:read',
  output: z.object({ items: z.array(invitationDto) }),
  errors: [],
  handle: async (context) => ({ items: await listInvitations(context) }),
});

export const inviteContract = contract({
  id: 'inviteMember',
  method: 'POST',
  path: invitations,
  group,
  summary: 'Invite somebody by e-mail',
  description:
    'They get a mail with a link that works once, within seven days. An address has one invitation that waits, so sending this twice is a conflict. At most 30 an hour for the account and 5 for an address.',
  permission: 'member:write',
  // An address has one invitation that waits, so nothing is made twice; and mail is sent outside of transactions.
  idempotency: 'own',
  body: newInvitationInput,
  output: invitationDto,
  errors: ['owner_required', 'already_member', 'already_invited', 'rate_limited'],
  example: { email: 'finance@demo.example', role: 'billing' },
  handle: (context, { body }) => invite(context, body),
});

export const resendInvitationContract = contract({
  id: 'resendInvitation',
  method: 'POST',
  path: `${invitations}/{id}/resend`,
  group,
  summary: 'Send an invitation again',
  description: 'With a new link, good for seven days more. The earlier link stops working.',
  permission: 'member:write',
  // Each call is a mail, counted against the same limits.
  idempotency: 'own',
  params,
  output: invitationDto,
  errors: ['not_found', 'owner_required', 'invitation_used', 'invitation_ended', 'rate_limited'],
  handle: (context, { params: { id } }) => resendInvitation(context, id),
});

export const revokeInvitationContract = contract({
  id: 'revokeInvitation',
  method: 'DELETE',
  path: `${invitations}/{id}`,
  group,
  summary: 'Revoke an invitation',
  permission: 'member:write',
  params,
  output: z.object({}),
  errors: ['not_found', 'invitation_used'],
  handle: async (context, { params: { id } }) => {
    await revokeInvitation(context, id);
    return {};
  },
});
