import { z } from 'zod';

export const tokenRequestInput = z.strictObject({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(200),
  accountId: z.string().min(1).max(100).optional().describe('The account to act for; your oldest one unless said.'),
});

export const userTokenDto = z.object({
  token: z.string().describe('Send it as `Authorization: Bearer …`. It is shown once.'),
  expiresAt: z.date(),
  account: z.object({ id: z.string(), name: z.string() }),
});
