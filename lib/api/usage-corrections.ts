import { z } from 'zod';
import { countInput, eventKeyInput } from '@/lib/billing/quota/schema';
import { correctUsage, voidUsage } from '@/lib/billing/usage/corrections/correct-usage';
import { correctionDto } from '@/lib/billing/usage/corrections/schema';
import { idInput, lineInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { withKey } from './quota';

const eventInput = z.strictObject({ id: idInput.describe('Id of the event, as it was answered when the usage was counted.') });
const reasonInput = lineInput.optional().describe('Why, for the audit log.');

export const voidUsageContract = contract({
  id: 'voidUsage',
  method: 'POST',
  path: '/api/v1/billing/usage/{id}/void',
  aliases: ['/api/usage/{id}/void'],
  group: 'Usage',
  summary: 'Make a recorded event count nothing',
  description: 'The event stays as it was. A further event takes away what it counts, in the period in which it happened.',
  permission: 'usage:write',
  params: eventInput,
  body: z.strictObject({ reason: reasonInput, idempotencyKey: eventKeyInput.optional() }),
  output: correctionDto,
  errors: ['not_found', 'already_voided', 'not_correctable', 'idempotency_key_reused', 'overloaded'],
  idempotency: 'own',
  example: { reason: 'Sent by a test.' },
  handle: (context, { params, body, idempotencyKey }) =>
    voidUsage(context, { ...withKey(body, idempotencyKey), event: params.id }),
});

export const correctUsageContract = contract({
  id: 'correctUsage',
  method: 'POST',
  path: '/api/v1/billing/usage/{id}/correct',
  aliases: ['/api/usage/{id}/correct'],
  group: 'Usage',
  summary: 'Make a recorded event count another quantity',
  description: 'The event stays as it was. A further event holds the difference, in the period in which it happened. It counts also past the limit.',
  permission: 'usage:write',
  params: eventInput,
  body: z.strictObject({
    quantity: countInput.describe('What the event is to count from now on.'),
    reason: reasonInput,
    idempotencyKey: eventKeyInput.optional(),
  }),
  output: correctionDto,
  errors: ['not_found', 'already_voided', 'not_correctable', 'idempotency_key_reused', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { quantity: 900, reason: 'The model reported fewer tokens.', idempotencyKey: 'correction-of-answer-0001' },
  handle: (context, { params, body, idempotencyKey }) =>
    correctUsage(context, { ...withKey(body, idempotencyKey), event: params.id }),
});
