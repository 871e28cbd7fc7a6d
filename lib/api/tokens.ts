import { z } from 'zod';
import { tokenRequestInput, userTokenDto } from '@/lib/auth/tokens/schema';
import { createUserToken, revokeCurrentToken } from '@/lib/auth/tokens/user-tokens';
import { contract } from '@/lib/http/contract';

export const createTokenContract = contract({
  id: 'createToken',
  method: 'POST',
  path: '/api/v1/auth/tokens',
  group: 'Sign-in',
  summary: 'Get a token for yourself',
  description: 'A bearer token for one of your accounts, good for 12 hours. It may do what your role there allows at the moment of each call.',
  permission: 'public',
  // Every call makes a token of its own; a stored answer would keep its text.
  idempotency: 'own',
  body: tokenRequestInput,
  output: userTokenDto,
  errors: ['invalid_credentials', 'rate_limited', 'not_found'],
  example: { email: 'owner.pro@demo.example', password: 'demo-portal-2026' },
  handle: (context, { body }) => createUserToken(context, body),
});

export const revokeTokenContract = contract({
  id: 'revokeCurrentToken',
  method: 'DELETE',
  path: '/api/v1/auth/tokens/current',
  group: 'Sign-in',
  summary: 'Revoke the token you call with',
  permission: 'account:read',
  output: z.object({}),
  errors: ['conflict'],
  handle: async (context) => {
    await revokeCurrentToken(context);
    return {};
  },
});
