'use server';

import { z } from 'zod';
import { addApiKey, newApiKeyInput, revokeApiKey } from '@/lib/auth/manage-api-keys';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

const day = 24 * 60 * 60 * 1000;

/** `days` from now it expires; null: it does not. */
export const createKey = action({
  permission: 'api_key:write',
  input: newApiKeyInput.omit({ expiresAt: true }).extend({ days: z.number().int().min(1).max(3650).nullable() }),
  handle: (context, { days, ...key }) => addApiKey(context, { ...key, expiresAt: days === null ? null : new Date(context.clock.now().getTime() + days * day) }),
});

export const revokeKey = action({ permission: 'api_key:write', input: z.strictObject({ id: idInput }), handle: (context, { id }) => revokeApiKey(context, id) });
