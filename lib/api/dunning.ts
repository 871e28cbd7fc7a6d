import { z } from 'zod';
import { getDunningPolicy, setDunningPolicy } from '@/lib/billing/payments/dunning-policy';
import { dunningStatuses } from '@/lib/billing/payments/dunning';
import { listDunnings } from '@/lib/billing/payments/list-dunnings';
import { dunningDto, dunningPolicyDto, dunningPolicyInput } from '@/lib/billing/payments/schema';
import { pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Dunning';
const policyPath = '/api/v1/billing/dunning/policy';

export const listDunningsContract = contract({
  id: 'listDunnings',
  method: 'GET',
  path: '/api/v1/billing/dunning',
  group,
  summary: 'List invoices whose charge failed, and when they are charged again',
  description: 'Newest first, also those that were paid or given up since.',
  permission: 'invoice:read',
  query: z.strictObject({ status: z.enum(dunningStatuses).optional(), ...pageInput }),
  output: pageOf(dunningDto),
  errors: [],
  handle: (context, { query }) => listDunnings(context, query),
});

export const getDunningPolicyContract = contract({
  id: 'getDunningPolicy',
  method: 'GET',
  path: policyPath,
  group,
  summary: 'Read when failed charges are made again',
  description: 'For the seller alone.',
  permission: 'invoice:manage',
  output: dunningPolicyDto,
  errors: [],
  handle: async (context) => {
    const { days, end } = await getDunningPolicy(context);
    return { days: [...days], end };
  },
});

export const setDunningPolicyContract = contract({
  id: 'setDunningPolicy',
  method: 'PUT',
  path: policyPath,
  group,
  summary: 'Set when failed charges are made again, and what follows when none goes through',
  description: 'For every customer of the seller. What is being collected already keeps the schedule it began with. For the seller alone.',
  permission: 'invoice:manage',
  body: dunningPolicyInput,
  output: dunningPolicyDto,
  errors: [],
  example: { days: [1, 3, 5, 7], end: 'fall_back' },
  handle: async (context, { body }) => {
    const { days, end } = await setDunningPolicy(context, body);
    return { days: [...days], end };
  },
});
