import { z } from 'zod';
import { idInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { replayDelivery, sendTest } from '@/lib/webhooks/outbox/announce';
import { createEndpoint, deleteEndpoint, listEndpoints, renewSecret, updateEndpoint } from '@/lib/webhooks/outbox/endpoints';
import { listDeliveries } from '@/lib/webhooks/outbox/list-deliveries';
import { deliveryDto, endpointChangeInput, endpointDto, newEndpointInput } from '@/lib/webhooks/outbox/schema';
import { deliveryStatuses } from '@/lib/webhooks/outbox/webhook';

const group = 'Webhooks';
const endpoints = '/api/v1/billing/webhook-endpoints';
const deliveries = '/api/v1/billing/webhook-deliveries';
const params = z.strictObject({ id: idInput });

export const listEndpointsContract = contract({
  id: 'listWebhookEndpoints',
  method: 'GET',
  path: endpoints,
  group,
  summary: 'List webhook endpoints',
  permission: 'webhook:read',
  output: z.object({ items: z.array(endpointDto) }),
  errors: [],
  handle: async (context) => ({ items: await listEndpoints(context) }),
});

export const createEndpointContract = contract({
  id: 'createWebhookEndpoint',
  method: 'POST',
  path: endpoints,
  group,
  summary: 'Have events sent to an address of yours',
  description:
    'The answer holds the signing secret, which is shown this once. Messages are signed as Standard Webhooks says: `webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_` in base64. Compare it in constant time, refuse a `webhook-timestamp` more than five minutes away, and remember each `webhook-id`: a message may arrive twice. Answer with a 2xx within ten seconds; anything else is tried again, eight times in a day. An address has one endpoint, so sending this twice is a conflict.',
  permission: 'webhook:write',
  // An address has one endpoint, so nothing is made twice; a stored answer would keep the secret.
  idempotency: 'own',
  body: newEndpointInput,
  output: z.object({ endpoint: endpointDto, secret: z.string().describe('Begins with `whsec_`. Keep it: it cannot be read again.') }),
  errors: ['conflict'],
  example: { url: 'https://product.demo.example/webhooks', events: ['quota.threshold_reached'] },
  handle: (context, { body }) => createEndpoint(context, body),
});

export const updateEndpointContract = contract({
  id: 'updateWebhookEndpoint',
  method: 'PATCH',
  path: `${endpoints}/{id}`,
  group,
  summary: 'Change a webhook endpoint',
  description: 'Changes what the body names. Switched off, what waits for it is given up.',
  permission: 'webhook:write',
  params,
  body: endpointChangeInput,
  output: endpointDto,
  errors: ['not_found', 'conflict'],
  example: { enabled: false },
  handle: (context, { params: { id }, body }) => updateEndpoint(context, id, body),
});

export const renewSecretContract = contract({
  id: 'renewWebhookSecret',
  method: 'POST',
  path: `${endpoints}/{id}/secret`,
  group,
  summary: 'Give a webhook endpoint a new signing secret',
  description: 'The answer holds it this once. From now on everything is signed with it, also what still waits; the earlier one signs nothing more. What your endpoint refuses until it knows the new one is tried again for a day.',
  permission: 'webhook:write',
  // A stored answer would keep the secret. Sent twice, the newer one counts.
  idempotency: 'own',
  params,
  output: z.object({ secret: z.string().describe('Begins with `whsec_`. Keep it: it cannot be read again.') }),
  errors: ['not_found'],
  handle: (context, { params: { id } }) => renewSecret(context, id),
});

export const deleteEndpointContract = contract({
  id: 'deleteWebhookEndpoint',
  method: 'DELETE',
  path: `${endpoints}/{id}`,
  group,
  summary: 'Remove a webhook endpoint and the record of what was sent to it',
  permission: 'webhook:write',
  params,
  output: z.object({}),
  errors: ['not_found'],
  handle: async (context, { params: { id } }) => {
    await deleteEndpoint(context, id);
    return {};
  },
});

export const testEndpointContract = contract({
  id: 'testWebhookEndpoint',
  method: 'POST',
  path: `${endpoints}/{id}/test`,
  group,
  summary: 'Send a test event',
  permission: 'webhook:write',
  params,
  output: deliveryDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => sendTest(context, id),
});

export const listDeliveriesContract = contract({
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: deliveries,
  group,
  summary: 'List what was sent, newest first',
  description: 'Kept for 30 days.',
  permission: 'webhook:read',
  query: z.strictObject({ endpointId: idInput.optional(), status: z.enum(deliveryStatuses).optional(), ...pageInput }),
  output: pageOf(deliveryDto),
  errors: [],
  handle: (context, { query }) => listDeliveries(context, query),
});

export const replayDeliveryContract = contract({
  id: 'replayWebhookDelivery',
  method: 'POST',
  path: `${deliveries}/{id}/replay`,
  group,
  summary: 'Send a delivery again',
  description: 'The same event with the same `webhook-id`, from the first attempt on.',
  permission: 'webhook:write',
  params,
  output: deliveryDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => replayDelivery(context, id),
});
