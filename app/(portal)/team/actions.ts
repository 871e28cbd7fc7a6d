'use server';

import { z } from 'zod';
import { changeRole as change } from '@/lib/auth/team/change-role';
import { invite as send, resendInvitation as resend, revokeInvitation as revoke } from '@/lib/auth/team/invite';
import { leaveAccount as leave, removeMember as remove } from '@/lib/auth/team/remove-member';
import { newInvitationInput, roleInput } from '@/lib/auth/team/schema';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

const named = z.strictObject({ id: idInput });

export const invite = action({ permission: 'member:write', input: newInvitationInput, handle: send });

export const resendInvitation = action({ permission: 'member:write', input: named, handle: (context, { id }) => resend(context, id) });

export const revokeInvitation = action({ permission: 'member:write', input: named, handle: (context, { id }) => revoke(context, id) });

export const changeRole = action({ permission: 'member:write', input: roleInput.extend(named.shape), handle: change });

export const removeMember = action({ permission: 'member:write', input: named, handle: (context, { id }) => remove(context, id) });

/** Every role may: it concerns themselves alone. The page is left afterwards, so it is not read again. */
export const leaveAccount = action({ permission: 'account:read', input: z.strictObject({}), refreshes: false, handle: (context) => leave(context) });
