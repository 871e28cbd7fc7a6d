import { z } from 'zod';
import { accountDto } from '@/lib/billing/accounts/schema';
import { quotaDto } from '@/lib/billing/quota/schema';
import { subscriptionDto, subscriptionView } from '@/lib/billing/subscriptions/schema';
import { readSummary } from '@/lib/billing/workflows/read-summary';
import { contract } from '@/lib/http/contract';

const summaryDto = z.object({
  account: accountDto,
  subscription: subscriptionDto.nullable(),
  quota: z.array(quotaDto).describe('Every feature of the catalog.'),
  openInvoices: z.object({
    count: z.number().int(),
    amounts: z.array(z.object({ currency: z.string(), minor: z.bigint() })).describe('What is owed, in each currency.'),
    dueAt: z.date().nullable().describe('When the first of them is due.'),
  }),
  nextRenewal: z
    .object({
      at: z.date(),
      planKey: z.string(),
      currency: z.string(),
      amountMinor: z.bigint().describe('Before tax, and before what usage past the limits adds.'),
    })
    .nullable()
    .describe('Null when nothing is renewed.'),
});

export const readSummaryContract = contract({
  id: 'readSummary',
  method: 'GET',
  path: '/api/v1/billing/summary',
  group: 'Account',
  summary: 'Read the account at a glance',
  description: 'One call for a dashboard: account, subscription, quota of every feature, what is owed and the next renewal.',
  // It tells what is owed, so it asks for the permission to see that.
  permission: 'invoice:read',
  output: summaryDto,
  errors: [],
  handle: async (context) => {
    const { subscription, ...summary } = await readSummary(context);
    return { ...summary, subscription: subscription && subscriptionView(subscription) };
  },
});
