import { createEmbedToken } from '@/lib/auth/embedding/create-embed-token';
import { listEmbedOrigins, setEmbedOrigins } from '@/lib/auth/embedding/embed-origins';
import { embedOriginsDto, embedOriginsInput, embedTokenDto, embedTokenInput } from '@/lib/auth/embedding/schema';
import { contract } from '@/lib/http/contract';

const group = 'Embedding';

export const createEmbedTokenContract = contract({
  id: 'createEmbedToken',
  method: 'POST',
  path: '/api/v1/embed/tokens',
  group,
  summary: 'Make a token for one opening of the portal in a frame',
  description: 'For your backend, once your page is opened: the page hands the token to the frame, which gets a session of that member for it. It is good once, for 60 seconds, from pages of that origin.',
  permission: 'embed:write',
  // Every call makes a token of its own; a stored answer would keep its text.
  idempotency: 'own',
  body: embedTokenInput,
  output: embedTokenDto,
  errors: ['not_found', 'origin_not_allowed'],
  example: { email: 'owner@demo.example', origin: 'https://workbench.demo.example' },
  handle: (context, { body }) => createEmbedToken(context, body),
});

export const listEmbedOriginsContract = contract({
  id: 'listEmbedOrigins',
  method: 'GET',
  path: '/api/v1/embed/origins',
  group,
  summary: 'List the origins whose pages may show the portal in a frame',
  permission: 'account:read',
  output: embedOriginsDto,
  errors: [],
  handle: async (context) => ({ origins: await listEmbedOrigins(context) }),
});

export const setEmbedOriginsContract = contract({
  id: 'setEmbedOrigins',
  method: 'PUT',
  path: '/api/v1/embed/origins',
  group,
  summary: 'Set the origins whose pages may show the portal in a frame',
  description: 'Exact origins, without wildcards. Frames in pages of origins that are gone from the list end with their next request.',
  permission: 'account:write',
  body: embedOriginsInput,
  output: embedOriginsDto,
  errors: [],
  example: { origins: ['https://workbench.demo.example'] },
  handle: async (context, { body }) => ({ origins: await setEmbedOrigins(context, body.origins) }),
});
