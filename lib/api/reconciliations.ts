import { z } from 'zod';
import { getReconciliation, listDifferences, listReconciliations } from '@/lib/billing/workflows/reconciliation/read-reconciliations';
import { differenceStatuses } from '@/lib/billing/workflows/reconciliation/reconciliation';
import { requestReconciliation } from '@/lib/billing/workflows/reconciliation/request-reconciliation';
import { adoptDifference, explainDifference } from '@/lib/billing/workflows/reconciliation/resolve-difference';
import { differenceDto, reconciliationDto } from '@/lib/billing/workflows/reconciliation/schema';
import { idInput, instantInput, lineInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Reconciliation';
const permission = 'payment:manage';
const params = z.strictObject({ id: idInput });

export const requestReconciliationContract = contract({
  id: 'requestReconciliation',
  method: 'POST',
  path: '/api/v1/billing/reconciliations',
  group,
  summary: 'Compare our books with a payment provider’s',
  description: 'Over a window of at most a year that has passed. It begins at once and by itself every day, over the last four days. Read it until it is finished. For the seller alone, whichever account is named.',
  permission,
  body: z.strictObject({ from: instantInput, to: instantInput, gateway: lineInput.optional().describe('The preferred one unless said.') }),
  output: reconciliationDto,
  errors: ['payments_unavailable', 'conflict'],
  example: { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' },
  handle: (context, { body }) => requestReconciliation(context, body),
});

export const listReconciliationsContract = contract({
  id: 'listReconciliations',
  method: 'GET',
  path: '/api/v1/billing/reconciliations',
  group,
  summary: 'List comparisons, newest first',
  description: 'For the seller alone; they are over all customers.',
  permission,
  query: z.strictObject(pageInput),
  output: pageOf(reconciliationDto),
  errors: [],
  handle: (_context, { query }) => listReconciliations(query),
});

export const getReconciliationContract = contract({
  id: 'getReconciliation',
  method: 'GET',
  path: '/api/v1/billing/reconciliations/{id}',
  group,
  summary: 'Watch a comparison',
  description: 'For the seller alone.',
  permission,
  params,
  output: reconciliationDto,
  errors: ['not_found'],
  handle: (_context, { params: { id } }) => getReconciliation(id),
});

export const listDifferencesContract = contract({
  id: 'listReconciliationDifferences',
  method: 'GET',
  path: '/api/v1/billing/reconciliation-differences',
  group,
  summary: 'List in what our books differ from a payment provider’s',
  description: 'Newest first: what is about the seller’s customers, and what is about nobody known. The same difference is listed once, however many comparisons found it. For the seller alone.',
  permission,
  query: z.strictObject({ status: z.enum(differenceStatuses).optional(), reconciliation: idInput.optional().describe('The id of the comparison that found it last.'), ...pageInput }),
  output: pageOf(differenceDto),
  errors: [],
  handle: (context, { query }) => listDifferences(context, query),
});

export const adoptDifferenceContract = contract({
  id: 'adoptReconciliationDifference',
  method: 'POST',
  path: '/api/v1/billing/reconciliation-differences/{id}/adopt',
  group,
  summary: 'Take over what the payment provider says',
  description: 'It is read there again and recorded: a payment that went through, a refund or a dispute that was made there. Said again, nothing happens. For the seller alone.',
  permission,
  params,
  output: differenceDto,
  errors: ['not_found', 'difference_not_adoptable', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused'],
  idempotency: 'kept',
  handle: (context, { params: { id } }) => adoptDifference(context, id),
});

export const explainDifferenceContract = contract({
  id: 'explainReconciliationDifference',
  method: 'POST',
  path: '/api/v1/billing/reconciliation-differences/{id}/explain',
  group,
  summary: 'Say why a difference is as it should be',
  description: 'It is kept with the reason and counts as open no more. For the seller alone.',
  permission,
  params,
  body: z.strictObject({ note: lineInput }),
  output: differenceDto,
  errors: ['not_found'],
  example: { note: 'A test payment that we made at the provider' },
  handle: (context, { params: { id }, body }) => explainDifference(context, { id, note: body.note }),
});
