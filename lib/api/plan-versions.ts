import { z } from 'zod';
import { prorationUnits } from '@/lib/billing/subscriptions/proration';
import { setProrationUnit } from '@/lib/billing/subscriptions/set-proration-unit';
import { outcomeDto, outcomeView } from '@/lib/billing/workflows/change-plan/schema';
import { moveTimes } from '@/lib/billing/workflows/move-version/decide';
import { moveSubscribers } from '@/lib/billing/workflows/move-version/move-subscribers';
import { moveToNewestVersion, previewVersionMove } from '@/lib/billing/workflows/move-version/move-version';
import { movedBatchDto, versionMovePreviewDto, versionMoveView } from '@/lib/billing/workflows/move-version/schema';
import { idInput, lineInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Subscription';
const permission = 'subscription:manage';
const when = z.enum(moveTimes).describe('`now`: the difference for the rest of the period is charged; a cheaper version waits for the period end all the same.');
const errors = ['no_subscription', 'managed_by_gateway', 'same_price', 'price_not_offered', 'invalid_transition', 'idempotency_key_reused'] as const;

export const previewVersionMoveContract = contract({
  id: 'previewVersionMove',
  method: 'POST',
  path: '/api/v1/billing/subscription/version/preview',
  group,
  summary: "See what moving one customer to their plan's newest version would cost",
  description: 'Changes nothing of the subscription. It answers a quote that can be confirmed for 15 minutes. For the seller alone.',
  permission,
  body: z.strictObject({ when }),
  output: versionMovePreviewDto,
  errors,
  example: { when: 'now' },
  handle: async (context, { body }) => versionMoveView(await previewVersionMove(context, body.when)),
});

export const moveVersionContract = contract({
  id: 'moveToNewestVersion',
  method: 'POST',
  path: '/api/v1/billing/subscription/version',
  group,
  summary: "Move one customer to their plan's newest version",
  description: 'A running subscription keeps the version it was sold until this is asked for. For the seller alone.',
  permission,
  body: z.strictObject({ when }),
  output: outcomeDto,
  errors,
  example: { when: 'period_end' },
  handle: async (context, { body }) => outcomeView(await moveToNewestVersion(context, body.when)),
});

export const moveSubscribersContract = contract({
  id: 'moveSubscribers',
  method: 'POST',
  path: '/api/v1/billing/plans/{key}/subscribers/move',
  group,
  summary: "Move a plan's subscribers to its newest version, a batch a call",
  description:
    'Of all customers of the seller of the account that the key names. Go on with `next` as `after` until it is null. Whoever was moved is not taken again, so a run may be broken off and begun anew. For the seller alone.',
  permission,
  params: z.strictObject({ key: lineInput }),
  body: z.strictObject({
    when,
    preview: z.boolean().default(false).describe('True: nothing is changed, and the answer is what would happen.'),
    after: idInput.optional(),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  output: movedBatchDto,
  errors: ['unknown_plan', 'idempotency_key_reused'],
  idempotency: 'kept',
  example: { when: 'period_end', preview: true },
  handle: (context, { params, body }) => moveSubscribers(context, { planKey: params.key, ...body }),
});

export const setProrationUnitContract = contract({
  id: 'setProrationUnit',
  method: 'PUT',
  path: '/api/v1/billing/seller/proration',
  group,
  summary: 'Count the rest of a period by the second or by the day',
  description: 'For every customer of the seller of the account that the key names, from now on. A day that has begun counts as not used. For the seller alone.',
  permission,
  body: z.strictObject({ unit: z.enum(prorationUnits) }),
  output: z.object({ unit: z.enum(prorationUnits) }),
  errors: [],
  example: { unit: 'day' },
  handle: async (context, { body }) => ({ unit: await setProrationUnit(context, body.unit) }),
});
