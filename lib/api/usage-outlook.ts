import { z } from 'zod';
import { unusualUsageDto, usageForecastDto } from '@/lib/billing/usage/schema';
import { findUnusualUsage } from '@/lib/billing/usage/find-unusual-usage';
import { forecastBill } from '@/lib/billing/workflows/forecast-bill';
import { contract } from '@/lib/http/contract';

export const usageForecastContract = contract({
  id: 'forecastUsage',
  method: 'GET',
  path: '/api/v1/billing/usage/forecast',
  group: 'Usage',
  summary: 'Read a forecast of the period’s usage and of the next invoice',
  description:
    'By the level of the last two weeks and the rhythm of the week over the last eight; with less than two weeks of history by the average of the days known. Four times of five the use will lie between `low` and `high`.',
  permission: 'usage:read',
  output: usageForecastDto,
  errors: [],
  handle: (context) => forecastBill(context),
});

export const unusualUsageContract = contract({
  id: 'listUnusualUsage',
  method: 'GET',
  path: '/api/v1/billing/usage/unusual',
  group: 'Usage',
  summary: 'List days of unusual usage, newest first',
  description:
    'Each day is compared with the same weekday of up to eight weeks before, today by the hours that are over: a trend through their medians, and their median distance from it. It takes four weeks of history.',
  permission: 'usage:read',
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(56).default(14).describe('How many days to look at, today included.') }),
  output: z.object({ items: z.array(unusualUsageDto) }),
  errors: [],
  handle: async (context, { query }) => ({ items: await findUnusualUsage(context, query.days) }),
});
