import { z } from 'zod';
import { leaseDto, settledLeaseDto } from '@/lib/billing/quota/reservations/schema';
import { settleLease } from '@/lib/billing/quota/reservations/settle-lease';
import { takeLease } from '@/lib/billing/quota/reservations/take-lease';
import { countInput, decisionDto, dimensionsInput, eventKeyInput, featureKeyInput } from '@/lib/billing/quota/schema';
import { idInput, quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { withCostCentre } from './cost-centre-of-call';
import { withKey } from './quota';

export const takeLeaseContract = contract({
  id: 'takeLease',
  method: 'POST',
  path: '/api/v1/billing/quota/lease',
  aliases: ['/api/quota/lease'],
  group: 'Quota',
  summary: 'Take a slice of the quota to answer from',
  description:
    'For a product backend that decides in its own process: it may use up to the units leased and settles the lease with what it did use. Of the quantity it is given what is left, down to the minimum. A lease that expires unsettled is counted in full, since all of it may have been used. The TypeScript client does all of this.',
  permission: 'quota:write',
  body: z
    .strictObject({
      feature: featureKeyInput,
      quantity: quantityInput.describe('Units that are wanted.'),
      minimum: quantityInput.optional().describe('With fewer units than that the lease is refused; 1 unless said.'),
      expiresInSeconds: z.number().int().min(5).max(3_600).default(60),
      idempotencyKey: eventKeyInput.optional(),
      costCentre: dimensionsInput.costCentre.describe('Key of the cost centre that it lands in if it expires unsettled; that of the API key unless said.'),
    })
    .refine(({ quantity, minimum }) => minimum === undefined || minimum <= quantity, { path: ['minimum'], message: 'Use a number up to the quantity.' }),
  output: decisionDto.extend({ lease: leaseDto.nullable().describe('Null when refused.') }),
  errors: ['unknown_feature', 'feature_not_metered', 'idempotency_key_reused', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { feature: 'api_calls', quantity: 500, minimum: 1, expiresInSeconds: 60 },
  handle: (context, { body, idempotencyKey }) => takeLease(context, withCostCentre(context, withKey(body, idempotencyKey))),
});

export const settleLeaseContract = contract({
  id: 'settleLease',
  method: 'POST',
  path: '/api/v1/billing/quota/lease/{id}/settle',
  aliases: ['/api/quota/lease/{id}/settle'],
  group: 'Quota',
  summary: 'Say what was used of a lease, and return the rest',
  description: 'After the lease expired, and so was counted in full, the rest is given back by a correction. The same settlement again gives the first answer.',
  permission: 'quota:write',
  params: z.strictObject({ id: idInput.describe('Id of the lease.') }),
  body: z.strictObject({ used: countInput.describe('Units that were used, at most what was leased.'), ...dimensionsInput }),
  output: z.object({ lease: settledLeaseDto }),
  errors: ['not_found', 'reservation_settled', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { used: 420 },
  handle: async (context, { params, body }) => ({ lease: await settleLease(context, withCostCentre(context, { lease: params.id, ...body })) }),
});
