import { z } from 'zod';
import { getPlan, listPlans } from '@/lib/billing/catalog/list-plans';
import { keyInput, planInput, planOf } from '@/lib/billing/catalog/edit-schema';
import { publishPlan, retirePlan } from '@/lib/billing/catalog/publish-plan';
import { planDto } from '@/lib/billing/catalog/schema';
import { contract } from '@/lib/http/contract';

export const listPlansContract = contract({
  id: 'listPlans',
  method: 'GET',
  path: '/api/v1/billing/plans',
  aliases: ['/api/portal/plans'],
  group: 'Plans',
  summary: 'List the plans on offer',
  permission: 'subscription:read',
  output: z.object({ items: z.array(planDto) }),
  errors: [],
  handle: async (context) => ({ items: await listPlans(context) }),
});

export const getPlanContract = contract({
  id: 'getPlan',
  method: 'GET',
  path: '/api/v1/billing/plans/{key}',
  group: 'Plans',
  summary: 'Read one plan on offer',
  permission: 'subscription:read',
  params: z.strictObject({ key: z.string().min(1).max(100) }),
  output: planDto,
  errors: ['unknown_plan'],
  handle: (context, { params }) => getPlan(context, params.key),
});

export const publishPlanContract = contract({
  id: 'publishPlan',
  method: 'PUT',
  path: '/api/v1/billing/plans/{key}',
  group: 'Plans',
  summary: 'Publish a plan, or a new version of it',
  description:
    'For the seller’s own keys. Running subscriptions stay on the version they were sold. With `exclusive` it is a negotiated plan, offered to the account that the call names and to nobody else. The same again changes nothing.',
  permission: 'catalog:write',
  params: z.strictObject({ key: keyInput }),
  body: planInput,
  bodyLimit: 256 * 1024,
  output: z.object({ plan: planDto, exclusive: z.boolean() }),
  errors: ['unknown_plan', 'conflict'],
  example: {
    name: { en: 'Demo offer', zh: '演示方案' },
    rank: 30,
    prices: [{ currency: 'USD', interval: 'month', amountMinor: 49_900, setupFeeMinor: 10_000, minimumMinor: 60_000, unitPrices: [{ feature: 'agent_seats', included: 50, scheme: { kind: 'per_unit', unitAmount: '6.5' } }] }],
    entitlements: {
      agent_seats: { limit: 50 },
      api_calls: { limit: 2_000_000, policy: 'overage', overage: { USD: { kind: 'graduated', tiers: [{ upTo: 1_000_000, unitAmount: '0.0001' }, { upTo: null, unitAmount: '0.00008' }] } } },
    },
    exclusive: true,
  },
  handle: (context, { params, body }) => publishPlan(context, planOf(params.key, body), body),
});

export const retirePlanContract = contract({
  id: 'retirePlan',
  method: 'DELETE',
  path: '/api/v1/billing/plans/{key}',
  group: 'Plans',
  summary: 'Take a plan off offer',
  description: 'For the seller’s own keys. Running subscriptions go on as they are; publishing the plan brings it back.',
  permission: 'catalog:write',
  params: z.strictObject({ key: keyInput }),
  output: z.object({}),
  errors: ['unknown_plan'],
  handle: async (context, { params }) => {
    await retirePlan(context, params.key);
    return {};
  },
});
