import { z } from 'zod';
import { idInput, lineInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { noticeStatuses } from '@/lib/webhooks/inbox/notice';
import { listNotices, replayDeadNotices, replayNotice } from '@/lib/webhooks/inbox/replay-notices';
import { noticeDto } from '@/lib/webhooks/inbox/schema';

const group = 'Notices of payment providers';
const permission = 'payment:manage';

export const listNoticesContract = contract({
  id: 'listGatewayNotices',
  method: 'GET',
  path: '/api/v1/billing/gateway-notices',
  group,
  summary: 'List what payment providers told',
  description: 'Newest first: what is about the seller’s customers, and what is about nobody known. For the seller alone, whichever account is named.',
  permission,
  query: z.strictObject({ status: z.enum(noticeStatuses).optional(), gateway: lineInput.optional(), ...pageInput }),
  output: pageOf(noticeDto),
  errors: [],
  handle: (context, { query }) => listNotices(context, query),
});

export const replayNoticeContract = contract({
  id: 'replayGatewayNotice',
  method: 'POST',
  path: '/api/v1/billing/gateway-notices/{id}/replay',
  group,
  summary: 'Apply a notice again',
  description: 'From its first attempt on, whatever became of it. What it is about is read again at the payment provider, so it does no harm. For the seller alone.',
  permission,
  params: z.strictObject({ id: idInput }),
  output: noticeDto,
  errors: ['not_found', 'invalid_transition'],
  handle: (context, { params: { id } }) => replayNotice(context, id),
});

export const replayDeadNoticesContract = contract({
  id: 'replayDeadGatewayNotices',
  method: 'POST',
  path: '/api/v1/billing/gateway-notices/replay',
  group,
  summary: 'Apply every notice again that was given up',
  description: 'For the seller alone, whichever account is named.',
  permission,
  output: z.object({ replayed: z.number().int() }),
  errors: [],
  handle: (context) => replayDeadNotices(context),
});
