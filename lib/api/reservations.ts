import { z } from 'zod';
import { commitReservation } from '@/lib/billing/quota/reservations/commit-reservation';
import { releaseReservation } from '@/lib/billing/quota/reservations/release-reservation';
import { reserveQuota } from '@/lib/billing/quota/reservations/reserve-quota';
import { reservationDto } from '@/lib/billing/quota/reservations/schema';
import { countInput, decisionDto, dimensionsInput, eventKeyInput, featureKeyInput } from '@/lib/billing/quota/schema';
import { idInput, quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { withCostCentre } from './cost-centre-of-call';
import { withKey } from './quota';

const reservationInput = idInput.describe('Id of the reservation, as `reserve` answered it.');
const exampleReservation = 'res_2m9v4k0f3q7x8z1c5b6n4t0w7y';

export const reserveQuotaContract = contract({
  id: 'reserveQuota',
  method: 'POST',
  path: '/api/v1/billing/quota/reserve',
  aliases: ['/api/quota/reserve'],
  group: 'Quota',
  summary: 'Hold units until the work is done',
  description:
    'For work whose cost is known only afterwards. Held units count against the limit like used ones, until they are committed or released, or the reservation expires. All of the quantity is held or nothing; a refusal is a 200 with `allowed: false`. The same key again gives the same reservation.',
  permission: 'quota:write',
  body: z.strictObject({
    feature: featureKeyInput,
    quantity: quantityInput.optional().describe('Units to hold; 1 unless said.'),
    expiresInSeconds: z.number().int().min(1).max(86_400).default(600).describe('When the units return by themselves.'),
    idempotencyKey: eventKeyInput.optional(),
  }),
  output: decisionDto.extend({ reservation: reservationDto.nullable().describe('Null when refused.') }),
  errors: ['unknown_feature', 'feature_not_metered', 'idempotency_key_reused', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { feature: 'tokens', quantity: 4000, expiresInSeconds: 120, idempotencyKey: 'answer-0001' },
  handle: (context, { body, idempotencyKey }) => reserveQuota(context, withKey(body, idempotencyKey)),
});

export const commitReservationContract = contract({
  id: 'commitReservation',
  method: 'POST',
  path: '/api/v1/billing/quota/commit',
  aliases: ['/api/quota/commit'],
  group: 'Quota',
  summary: 'Count what a reservation really used',
  description:
    'What was not used returns. Up to what was held is always accepted; more is decided like a consume, and where that is refused nothing is taken and the reservation stays held. After it expired, all of it is decided like a consume. The same commit again gives the first answer.',
  permission: 'quota:write',
  body: z.strictObject({
    reservation: reservationInput,
    quantity: countInput.optional().describe('Units that were used; all that was held unless said.'),
    ...dimensionsInput,
  }),
  output: decisionDto.extend({ reservation: reservationDto }),
  errors: ['not_found', 'reservation_settled', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { reservation: exampleReservation, quantity: 3120, model: 'demo-large', inputTokens: 1000, outputTokens: 2120 },
  handle: (context, { body }) => commitReservation(context, withCostCentre(context, body)),
});

export const releaseReservationContract = contract({
  id: 'releaseReservation',
  method: 'POST',
  path: '/api/v1/billing/quota/release',
  aliases: ['/api/quota/release'],
  group: 'Quota',
  summary: 'Return the units of a reservation',
  description: 'For work that did not happen. Releasing twice, or after it expired, is harmless.',
  permission: 'quota:write',
  body: z.strictObject({ reservation: reservationInput }),
  output: z.object({ reservation: reservationDto }),
  errors: ['not_found', 'reservation_settled', 'overloaded'],
  idempotency: 'own',
  example: { reservation: exampleReservation },
  handle: async (context, { body }) => ({ reservation: await releaseReservation(context, body.reservation) }),
});
