import { z } from 'zod';
import { getRun, listRuns } from '@/lib/billing/workflows/billing-run/read-runs';
import { runDto, runFailureDto } from '@/lib/billing/workflows/billing-run/schema';
import { idInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Billing runs';
const permission = 'invoice:manage';

export const listRunsContract = contract({
  id: 'listBillingRuns',
  method: 'GET',
  path: '/api/v1/billing/runs',
  group,
  summary: 'List the rounds in which periods are closed, newest first',
  description: 'A run closes every subscription of the seller whose period is over. It begins by itself when some are. For the seller alone; whichever account is named, the runs are over all of them.',
  permission,
  query: z.strictObject(pageInput),
  output: pageOf(runDto),
  errors: [],
  handle: (context, { query }) => listRuns(context, query),
});

export const getRunContract = contract({
  id: 'getBillingRun',
  method: 'GET',
  path: '/api/v1/billing/runs/{id}',
  group,
  summary: 'Watch a run',
  description: 'How far it is, and why accounts failed: each is tried again by a later run, at the time that stands beside it. For the seller alone.',
  permission,
  params: z.strictObject({ id: idInput }),
  output: runDto.extend({ failures: z.array(runFailureDto).describe('The first hundred, by account.') }),
  errors: ['not_found'],
  handle: (context, { params }) => getRun(context, params.id),
});
