import { z } from 'zod';
import { exportUsage } from '@/lib/billing/usage/export-usage';
import { listUsage } from '@/lib/billing/usage/list-usage';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { usageBreakdown } from '@/lib/billing/usage/breakdown/usage-breakdown';
import { usageBreakdownDto, usageEventDto, usageReceiptDto, usageSeriesDto, usageSummaryDto } from '@/lib/billing/usage/schema';
import { summarizeUsage } from '@/lib/billing/usage/summarize-usage';
import type { NewUsage } from '@/lib/billing/usage/usage';
import { usageSeries } from '@/lib/billing/usage/usage-series';
import { DomainError, errorCodes } from '@/lib/core/errors';
import { dayInput, instantInput, pageInput, pageOf } from '@/lib/core/input';
import { contract, FileAnswer } from '@/lib/http/contract';
import { featureKeyInput } from '@/lib/billing/quota/schema';
import { withCostCentre } from './cost-centre-of-call';
import { withKey } from './quota';
import { usageInput, type UsageEventInput } from './usage-input';

/** Each event with a key: its own, or one made of the header's. Throws `invalid_request` where there is neither. */
function withKeys(events: readonly UsageEventInput[], header: string | undefined): NewUsage[] {
  const [only] = events;
  if (events.length === 1 && only) {
    const told = withKey(only, header);
    const { idempotencyKey } = told;
    if (idempotencyKey !== undefined) return [{ ...told, idempotencyKey }];
  }
  return events.map((event, index) => {
    const idempotencyKey = event.idempotencyKey ?? (header && `${header}:${index}`);
    if (idempotencyKey === undefined) {
      const field = events.length === 1 ? 'idempotencyKey' : `events.${index}.idempotencyKey`;
      throw new DomainError('invalid_request', undefined, { issues: [{ field, message: 'Send a key: without it, usage sent twice would count twice.' }] });
    }
    return Object.assign(event, { idempotencyKey });
  });
}

export const recordUsageContract = contract({
  id: 'recordUsage',
  method: 'POST',
  path: '/api/v1/billing/usage',
  aliases: ['/api/usage'],
  group: 'Usage',
  summary: 'Record usage that has happened, one event or up to 1 000',
  description:
    'Send one event, or `{ "events": [...] }`. Each is answered in its place: recorded, duplicate (its key was recorded before) or refused with a code; one that is refused does not hold up the others. Recorded usage always counts, also past the limit, in the period in which it happened.',
  permission: 'usage:write',
  body: usageInput,
  bodyLimit: 1024 * 1024,
  output: z.object({
    items: z.array(usageReceiptDto),
    recorded: z.number().int(),
    duplicate: z.number().int(),
    refused: z.number().int(),
  }),
  errors: ['overloaded'],
  idempotency: 'kept',
  example: {
    events: [{ feature: 'tokens', quantity: 1250, idempotencyKey: 'answer-0001', model: 'demo-large', inputTokens: 1000, outputTokens: 250 }],
  },
  handle: async (context, { body, idempotencyKey }) => {
    const receipts = await recordUsage(context, withKeys(body, idempotencyKey).map((event) => withCostCentre(context, event)));
    const count = (status: string): number => receipts.filter((receipt) => receipt.status === status).length;
    return {
      items: receipts.map((receipt) => ('code' in receipt ? { ...receipt, message: errorCodes[receipt.code].message } : receipt)),
      recorded: count('recorded'),
      duplicate: count('duplicate'),
      refused: count('refused'),
    };
  },
});

export const usageSummaryContract = contract({
  id: 'readUsageSummary',
  method: 'GET',
  path: '/api/v1/billing/usage',
  aliases: ['/api/portal/usage'],
  group: 'Usage',
  summary: 'Read the usage of a period against its limits',
  permission: 'usage:read',
  query: z.strictObject({ period: instantInput.optional().describe('Start of a period, as listed in `periods`; the running one unless said.') }),
  output: usageSummaryDto,
  errors: ['not_found'],
  handle: (context, { query }) => summarizeUsage(context, query.period),
});

const dayRange = {
  from: dayInput.describe('First calendar day, in the time zone of the account.'),
  to: dayInput.describe('Last calendar day, included.'),
  feature: featureKeyInput.optional(),
};

export const usageDetailContract = contract({
  id: 'listUsage',
  method: 'GET',
  path: '/api/v1/billing/usage/detail',
  aliases: ['/api/portal/usage/detail'],
  group: 'Usage',
  summary: 'List recorded events, newest first',
  permission: 'usage:read',
  query: z.strictObject({ ...dayRange, ...pageInput }),
  output: pageOf(usageEventDto),
  errors: ['unknown_feature', 'usage_not_kept'],
  handle: (context, { query }) => listUsage(context, query),
});

export const usageExportContract = contract({
  id: 'exportUsage',
  method: 'GET',
  path: '/api/v1/billing/usage/detail.csv',
  group: 'Usage',
  summary: 'Download recorded events as CSV',
  permission: 'usage:read',
  query: z.strictObject(dayRange),
  output: 'file',
  errors: ['unknown_feature', 'usage_not_kept'],
  handle: async (context, { query }) => {
    const csv = await exportUsage(context, query);
    return new FileAnswer('text/csv; charset=utf-8', `usage-${query.from}-${query.to}.csv`, Buffer.from(csv));
  },
});

export const usageSeriesContract = contract({
  id: 'readUsageSeries',
  method: 'GET',
  path: '/api/v1/billing/usage/series',
  group: 'Usage',
  summary: 'Read usage by hour, day or month',
  description: 'Days and hours on the clocks of the account’s time zone, those without usage too: at most 366 days, 31 by hour, five years by month. Name a level to read where it stood.',
  permission: 'usage:read',
  query: z.strictObject({ ...dayRange, granularity: z.enum(['hour', 'day', 'month']).default('day') }),
  output: z.object({ items: z.array(usageSeriesDto) }),
  errors: ['unknown_feature'],
  handle: async (context, { query }) => ({ items: await usageSeries(context, query) }),
});

export const usageBreakdownContract = contract({
  id: 'readUsageBreakdown',
  method: 'GET',
  path: '/api/v1/billing/usage/breakdown',
  group: 'Usage',
  summary: 'Break usage down by feature, model, cost centre or status code',
  description:
    'Calendar days on the clocks of the account’s time zone, at most 366. Units of several features are not added up: name a feature to read them. Cost is that of the tokens told with the usage, by the price of their model on that day.',
  permission: 'usage:read',
  query: z.strictObject({ ...dayRange, by: z.enum(['feature', 'model', 'cost_centre', 'status_code']) }),
  output: usageBreakdownDto,
  errors: ['unknown_feature'],
  handle: (context, { query }) => usageBreakdown(context, query),
});
