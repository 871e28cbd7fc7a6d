import { z } from 'zod';
import { getPlan, listPlans } from '@/lib/billing/catalog/list-plans';
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
