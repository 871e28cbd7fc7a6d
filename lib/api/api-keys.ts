import { z } from 'zod';
import { addApiKey, apiKeyDto, listApiKeys, newApiKeyInput, revokeApiKey } from '@/lib/auth/manage-api-keys';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'API keys';
const path = '/api/v1/billing/api-keys';

export const listApiKeysContract = contract({
  id: 'listApiKeys',
  method: 'GET',
  path,
  group,
  summary: 'List API keys, newest first',
  description: 'Expired and revoked ones too. Keys are the business of people: call with a user token or from the portal, no API key may.',
  permission: 'api_key:read',
  output: z.object({ items: z.array(apiKeyDto) }),
  errors: [],
  handle: async (context) => ({ items: await listApiKeys(context) }),
});

export const createApiKeyContract = contract({
  id: 'createApiKey',
  method: 'POST',
  path,
  group,
  summary: 'Create an API key',
  description: 'The answer holds the key, which is shown this once. It may do at most what you may do yourself.',
  permission: 'api_key:write',
  // Every call makes a key of its own; a stored answer would keep its text.
  idempotency: 'own',
  body: newApiKeyInput,
  output: z.object({ id: z.string(), text: z.string().describe('Begins with `cpk_`. Keep it: it cannot be read again.') }),
  errors: [],
  example: { name: 'Production backend', scopes: ['quota:read', 'quota:write', 'usage:write'] },
  handle: (context, { body }) => addApiKey(context, body),
});

export const revokeApiKeyContract = contract({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: `${path}/{id}`,
  group,
  summary: 'Revoke an API key',
  description: 'Calls with it are refused from then on.',
  permission: 'api_key:write',
  params: z.strictObject({ id: idInput }),
  output: z.object({}),
  errors: ['not_found'],
  handle: async (context, { params: { id } }) => {
    await revokeApiKey(context, id);
    return {};
  },
});
