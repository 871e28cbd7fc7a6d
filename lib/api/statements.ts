import { z } from 'zod';
import { getStatement } from '@/lib/billing/invoices/statement/get-statement';
import { statementDto } from '@/lib/billing/invoices/statement/schema';
import { isCurrency } from '@/lib/billing/money/currencies';
import { dayInput } from '@/lib/core/input';
import { renderStatement } from '@/lib/documents/render';
import { contract, FileAnswer } from '@/lib/http/contract';
import { fileName } from '@/lib/documents/file-name';
import { lookInput, lookOf } from './document-input';

const rangeInput = {
  from: dayInput.describe("First calendar day, in the account's time zone."),
  to: dayInput.describe('Last calendar day; at most 731 days.'),
  currency: z.string().refine(isCurrency, 'Use a currency code of ISO 4217.').optional().describe("The account's own unless said."),
};

export const getStatementContract = contract({
  id: 'getStatement',
  method: 'GET',
  path: '/api/v1/billing/statement',
  aliases: ['/api/portal/statement'],
  group: 'Invoices',
  summary: 'Read the statement of account over a range of days',
  description: 'What was owed before it, what changed that (invoices, credit notes, payments, invoices declared void), and what was owed after it.',
  permission: 'invoice:read',
  query: z.strictObject(rangeInput),
  output: statementDto,
  errors: [],
  handle: (context, { query }) => getStatement(context, query),
});

export const getStatementPdfContract = contract({
  id: 'getStatementPdf',
  method: 'GET',
  path: '/api/v1/billing/statement/pdf',
  aliases: ['/api/portal/statement/pdf'],
  group: 'Invoices',
  summary: 'Download the statement of account as PDF',
  permission: 'invoice:read',
  query: z.strictObject({ ...rangeInput, ...lookInput }),
  output: 'file',
  errors: ['overloaded'],
  handle: async (context, { query }) => {
    const statement = await getStatement(context, query);
    const bytes = await renderStatement(statement, query.language ?? statement.customer.language, await lookOf(context, query));
    return new FileAnswer('application/pdf', fileName(`statement-${query.from}-${query.to}`, 'pdf'), bytes);
  },
});
