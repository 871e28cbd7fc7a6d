'use server';

import { z } from 'zod';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';
import { replayDelivery, sendTest } from '@/lib/webhooks/outbox/announce';
import { createEndpoint, deleteEndpoint, renewSecret, updateEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { newEndpointInput } from '@/lib/webhooks/outbox/schema';
import { lastDeliveries } from './webhook-views';

const permission = 'webhook:write';
const one = z.strictObject({ id: idInput });

/** Adds an endpoint and answers its secret, this once. */
export const addEndpoint = action({ permission, input: newEndpointInput.omit({ enabled: true }), handle: async (context, input) => ({ secret: (await createEndpoint(context, { ...input, enabled: true })).secret }) });

export const changeEndpoint = action({ permission, input: newEndpointInput.extend({ id: idInput }), handle: (context, { id, ...wishes }) => updateEndpoint(context, id, wishes) });

/** Gives an endpoint a new secret and answers it, this once. */
export const renewEndpointSecret = action({ permission, input: one, handle: (context, { id }) => renewSecret(context, id) });

export const removeEndpoint = action({ permission, input: one, handle: (context, { id }) => deleteEndpoint(context, id) });

export const testEndpoint = action({ permission, input: one, handle: (context, { id }) => sendTest(context, id) });

export const sendAgain = action({ permission, input: one, handle: (context, { id }) => replayDelivery(context, id) });

export const readDeliveries = action({ permission: 'webhook:read', input: z.strictObject({}), refreshes: false, handle: (context) => lastDeliveries(context) });
