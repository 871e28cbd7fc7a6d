import { z } from 'zod';
import { roles } from '@/lib/billing/accounts/account';
import { emailInput } from '../sign-in/sign-in';

const role = z.enum(roles, `Use one of ${roles.join(', ')}.`);

export const roleInput = z.strictObject({ role });

export const newInvitationInput = z.strictObject({ email: emailInput, role: role.describe('What they may do once they have joined. Only an owner may invite an owner.') });

export const invitationDto = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  invitedBy: z.string().nullable().describe('The name of who invited; null when they are gone.'),
  createdAt: z.date(),
  sentAt: z.date().nullable().describe('When the mail was handed over; null when it could not be: send it again.'),
  expiresAt: z.date().describe('An invitation that has run out can be sent again.'),
});
