import { z } from 'zod';
import { disputeStates } from '@/lib/billing/payments/disputes/dispute';
import { getDispute, listDisputes } from '@/lib/billing/payments/disputes/list-disputes';
import { getLossPolicy, setLossPolicy } from '@/lib/billing/payments/disputes/loss-policy';
import { answerInput, disputeDto, lossDto, lossInput } from '@/lib/billing/payments/disputes/schema';
import { acceptDispute } from '@/lib/billing/workflows/dispute/respond';
import { resolveDispute } from '@/lib/billing/workflows/dispute/resolve-dispute';
import { idInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { answerWithEvidence } from './dispute-evidence';

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
  description: 'Newest first, each with what the payment provider takes of you now and until when. What is decided there is recorded here. For the seller alone.',
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

export const answerDisputeContract = contract({
  id: 'answerDispute',
  method: 'POST',
  path: '/api/v1/billing/disputes/{id}/answer',
  group,
  summary: 'Answer a dispute with evidence',
  description:
    'It is handed in for good: the payment provider takes one answer, until `respondBy`. The invoice and the log of recorded use go with it as PDF unless you say otherwise. While the payment provider does not answer, `response.status` is `requested` and it is sent again by itself; the same again changes nothing. For the seller alone.',
  permission,
  params,
  body: answerInput,
  output: disputeDto,
  errors: ['not_found', 'dispute_not_answerable', 'payments_unavailable', 'overloaded'],
  example: { story: 'The customer subscribed on 1 March and used the service daily until the day of the dispute.', refundPolicy: 'Refunds within 14 days, as stated at the checkout.' },
  handle: (context, { params: { id }, body }) => answerWithEvidence(context, id, body),
});

export const acceptDisputeContract = contract({
  id: 'acceptDispute',
  method: 'POST',
  path: '/api/v1/billing/disputes/{id}/accept',
  group,
  summary: 'Accept a dispute',
  description: 'You give in: the money is the customer’s at once, and the loss is handled as the policy says. While the payment provider does not answer, `response.status` is `requested` and it is sent again by itself; said again, nothing happens. For the seller alone.',
  permission,
  params,
  output: disputeDto,
  errors: ['not_found', 'dispute_not_answerable', 'payments_unavailable'],
  handle: (context, { params: { id } }) => acceptDispute(context, { disputeId: id }),
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
  async handle(context, { params: { id }, body }) {
    await resolveDispute(context, { disputeId: id, loss: body.loss });
    return getDispute(context, id);
  },
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
