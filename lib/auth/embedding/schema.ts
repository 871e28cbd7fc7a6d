import { z } from 'zod';
import { roles } from '@/lib/billing/accounts/account';
import { emailInput } from '../sign-in/sign-in';
import { originInput } from './origin';

export const embedOriginsInput = z.strictObject({
  origins: z.array(originInput).max(20, 'Name at most 20 origins.').describe('All of them: this replaces the list. Empty: no page may show the portal.'),
});

export const embedOriginsDto = z.object({ origins: z.array(z.string()) });

export const embedTokenInput = z.strictObject({
  email: emailInput.describe('The member of the account who looks at your page, by the address they sign in with.'),
  origin: originInput.describe('The origin of your page. It must be on the account’s list.'),
  role: z.enum(roles, `Use one of ${roles.join(', ')}.`).optional().describe('What the frame may do at most, where that is less than what the member may. Their own role unless said.'),
});

export const embedTokenDto = z.object({
  id: z.string(),
  token: z.string().describe('Give it to your page, which hands it to the frame by `postMessage`. It is good once and never belongs in an address.'),
  expiresAt: z.date().describe('At most 60 seconds away.'),
});

/** What the portal in a frame hands in for its session. */
export const embedExchangeInput = z.strictObject({
  token: z.string().max(100),
  account: z.string().max(60),
  origin: z.string().max(200).describe('The origin of the page that handed the token over.'),
});
