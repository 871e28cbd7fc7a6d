import { z } from 'zod';
import { disputeStates } from '@/lib/billing/payments/disputes/dispute';
import { getDispute, listDisputes } from '@/lib/billing/payments/disputes/list-disputes';
import { getLossPolicy, setLossPolicy } from '@/lib/billing/payments/disputes/loss-policy';
import { disputeDto, lossDto, lossInput } from '@/lib/billing/payments/disputes/schema';
import { resolveDispute } from '@/lib/billing/workflows/dispute/resolve-dispute';
import { idInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Disputes';
const permission = 'payment:manage';
const params = z.strictObject({ id: idInput });
const policyPath = '/api/v1/billing/disputes/policy';

export const listDisputesContract = contract({
  id: 'listDisputes',
  method: 'GET',
  path: '/api/v1/billing/disputes',
  group,
  summary: 'List payments that the customer’s bank takes back',
  description: 'Newest first. They are answered at the payment provider; what is decided there is recorded here. For the seller alone.',
  permission,
  query: z.strictObject({ state: z.enum(disputeStates).optional(), ...pageInput }),
  output: pageOf(disputeDto),
  errors: [],
  handle: (context, { query }) => listDisputes(context, query),
});

export const getDisputeContract = contract({
  id: 'getDispute',
  method: 'GET',
  path: '/api/v1/billing/disputes/{id}',
  group,
  summary: 'Read a dispute',
  description: 'For the seller alone.',
  permission,
  params,
  output: disputeDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => getDispute(context, id),
});

export const resolveDisputeContract = contract({
  id: 'resolveDispute',
  method: 'POST',
  path: '/api/v1/billing/disputes/{id}/resolve',
  group,
  summary: 'Decide what becomes of a lost dispute',
  description:
    'A loss that was written off can make its invoice owed again, where the whole payment was lost and nothing of it was refunded or credited. An invoice that is owed again is given up as any other. Said again, nothing happens. For the seller alone.',
  permission,
  params,
  body: lossInput,
  output: disputeDto,
  errors: ['not_found', 'invalid_transition', 'dispute_not_reopenable'],
  example: { loss: 'reopen' },
  handle: (context, { params: { id }, body }) => resolveDispute(context, { disputeId: id, loss: body.loss }),
});

export const getLossPolicyContract = contract({
  id: 'getDisputePolicy',
  method: 'GET',
  path: policyPath,
  group,
  summary: 'Read what becomes of invoices whose payment is lost',
  description: 'For the seller alone.',
  permission,
  output: lossDto,
  errors: [],
  handle: (context) => getLossPolicy(context),
});

export const setLossPolicyContract = contract({
  id: 'setDisputePolicy',
  method: 'PUT',
  path: policyPath,
  group,
  summary: 'Set what becomes of invoices whose payment is lost',
  description: 'For every customer of the seller, for disputes that are lost from now on. Where an invoice cannot be owed again, its loss is written off all the same. For the seller alone.',
  permission,
  body: lossInput,
  output: lossDto,
  errors: [],
  example: { loss: 'write_off' },
  handle: (context, { body }) => setLossPolicy(context, body),
});
