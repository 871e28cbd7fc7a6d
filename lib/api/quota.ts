import { z } from 'zod';
import { checkQuota } from '@/lib/billing/quota/check-quota';
import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { remainingQuota } from '@/lib/billing/quota/remaining-quota';
import { decisionDto, dimensionsInput, eventKeyInput, featureKeyInput, plainUsage, quotaDto } from '@/lib/billing/quota/schema';
import { DomainError } from '@/lib/core/errors';
import { quantityInput } from '@/lib/core/input';
import { plainObject, readPlainFirst } from '@/lib/core/plain-input';
import { contract } from '@/lib/http/contract';
import { withCostCentre } from './cost-centre-of-call';

/**
 * What was told, with its key from the body or the header. Throws `invalid_request` when both are sent and differ. Spread only where it
 * must be: that costs as much as the rest of a call.
 */
export function withKey<Told extends { idempotencyKey?: string }>(told: Told, header: string | undefined): Told {
  if (header === undefined || header === told.idempotencyKey) return told;
  if (told.idempotencyKey === undefined) return { ...told, idempotencyKey: header };
  throw new DomainError('invalid_request', undefined, {
    issues: [{ field: 'idempotencyKey', message: 'It differs from the Idempotency-Key header. Send one of the two.' }],
  });
}

export const readQuotaContract = contract({
  id: 'readQuota',
  method: 'GET',
  path: '/api/v1/billing/quota',
  aliases: ['/api/quota'],
  group: 'Quota',
  summary: 'Read how every feature stands, or one',
  permission: 'quota:read',
  query: z.strictObject({ feature: featureKeyInput.optional() }),
  output: z.object({ items: z.array(quotaDto) }),
  errors: ['unknown_feature'],
  handle: async (context, { query }) => ({ items: await remainingQuota(context, query.feature) }),
});

export const checkQuotaContract = contract({
  id: 'checkQuota',
  method: 'POST',
  path: '/api/v1/billing/quota/check',
  aliases: ['/api/quota/check'],
  group: 'Quota',
  summary: 'Ask whether something may happen, without taking anything',
  description:
    'By the time it happens the answer may be another: where that matters, consume. For a list feature send the member as `value`; for a level the quantity is the level to move to.',
  permission: 'quota:read',
  body: z.strictObject({
    feature: featureKeyInput,
    quantity: quantityInput.optional().describe('Units; 1 unless said.'),
    value: z.string().min(1).max(200).optional().describe('The member of a list feature, such as a model.'),
  }),
  output: decisionDto,
  errors: ['unknown_feature'],
  idempotency: 'own',
  example: { feature: 'api_calls', quantity: 10 },
  handle: (context, { body }) => checkQuota(context, body),
});

const consumeInput = z.strictObject({
  feature: featureKeyInput,
  quantity: quantityInput.optional().describe('Units; 1 unless said.'),
  idempotencyKey: eventKeyInput.optional(),
  ...dimensionsInput,
});

export const consumeQuotaContract = contract({
  id: 'consumeQuota',
  method: 'POST',
  path: '/api/v1/billing/quota/consume',
  aliases: ['/api/quota/consume'],
  group: 'Quota',
  summary: 'Check and take in one step',
  description:
    'All of the quantity is taken or nothing. The decision is the answer: a refusal is a 200 with `allowed: false` and the reason. An accepted call sent again with the same key is answered as the first time and counted once; a refusal takes nothing and is decided anew. The usage is recorded with it: do not send it to `/api/usage` too, unless with the same key.',
  permission: 'quota:write',
  body: readPlainFirst(consumeInput, plainObject<z.output<typeof consumeInput>>(plainUsage, ['feature'])),
  output: decisionDto,
  errors: ['unknown_feature', 'feature_not_metered', 'idempotency_key_reused', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { feature: 'api_calls', quantity: 1, idempotencyKey: 'call-2026-11-21-0001', model: 'demo-small' },
  handle: (context, { body, idempotencyKey }) => consumeQuota(context, withCostCentre(context, withKey(body, idempotencyKey))),
});
