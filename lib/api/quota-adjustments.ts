import { z } from 'zod';
import { addBoost, removeBoost } from '@/lib/billing/quota/adjustments/add-boost';
import { listAdjustments } from '@/lib/billing/quota/adjustments/list-adjustments';
import { boostDto, boostInput, overrideDto, overrideInput } from '@/lib/billing/quota/adjustments/schema';
import { removeOverride, setOverride } from '@/lib/billing/quota/adjustments/set-override';
import { featureKeyInput } from '@/lib/billing/quota/schema';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Quota';
const permission = 'quota:manage';
const featureParams = z.strictObject({ feature: featureKeyInput });

export const listAdjustmentsContract = contract({
  id: 'listQuotaAdjustments',
  method: 'GET',
  path: '/api/v1/billing/quota/adjustments',
  group,
  summary: 'List what one customer is granted besides their plan',
  description: 'Overrides and boosts that have not ended, also those to come. For the seller alone.',
  permission,
  output: z.object({ overrides: z.array(overrideDto), boosts: z.array(boostDto) }),
  errors: [],
  handle: async (context) => {
    const { overrides, boosts } = await listAdjustments(context);
    return { overrides: [...overrides], boosts: [...boosts] };
  },
});

export const setOverrideContract = contract({
  id: 'setQuotaOverride',
  method: 'PUT',
  path: '/api/v1/billing/quota/overrides/{feature}',
  group,
  summary: 'Give one customer another limit',
  description:
    'It holds at once, in the place of an earlier override, and may grant a feature that the plan lacks. Where usage past the limit is charged or warned of, one that ends counts to the end of the quota period it ends in. For the seller alone.',
  permission,
  params: featureParams,
  body: overrideInput,
  output: overrideDto,
  errors: ['unknown_feature'],
  example: { limit: 25_000, reason: 'Launch of a demo' },
  handle: (context, { params, body }) => setOverride(context, { ...params, ...body }),
});

export const removeOverrideContract = contract({
  id: 'removeQuotaOverride',
  method: 'DELETE',
  path: '/api/v1/billing/quota/overrides/{feature}',
  group,
  summary: 'Go back to the limit of the plan',
  description: 'For the seller alone.',
  permission,
  params: featureParams,
  output: z.object({}),
  errors: ['unknown_feature', 'not_found'],
  handle: async (context, { params }) => {
    await removeOverride(context, params.feature);
    return {};
  },
});

export const addBoostContract = contract({
  id: 'addQuotaBoost',
  method: 'POST',
  path: '/api/v1/billing/quota/boosts',
  group,
  summary: 'Give one customer more for a while',
  description:
    'Boosts add up. Where usage past the limit is charged or warned of, a boost counts to the end of the quota period it ends in: what was within the limit is not charged in hindsight. For the seller alone.',
  permission,
  body: boostInput,
  output: boostDto,
  errors: ['unknown_feature', 'idempotency_key_reused'],
  example: { feature: 'api_calls', quantity: 5_000, endsAt: '2099-01-01T00:00:00Z' },
  handle: (context, { body }) => addBoost(context, body),
});

export const removeBoostContract = contract({
  id: 'removeQuotaBoost',
  method: 'DELETE',
  path: '/api/v1/billing/quota/boosts/{id}',
  group,
  summary: 'Take a boost away',
  description: 'For the seller alone.',
  permission,
  params: z.strictObject({ id: idInput }),
  output: z.object({}),
  errors: ['not_found'],
  handle: async (context, { params }) => {
    await removeBoost(context, params.id);
    return {};
  },
});
