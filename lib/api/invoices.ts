import { z } from 'zod';
import { invoiceStatuses } from '@/lib/billing/invoices/invoice';
import { getInvoice, listInvoices } from '@/lib/billing/invoices/list-invoices';
import { invoiceDto, invoiceSummaryDto } from '@/lib/billing/invoices/schema';
import { pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const invoiceParams = z.strictObject({ id: z.string().min(1).max(100) });

export const listInvoicesContract = contract({
  id: 'listInvoices',
  method: 'GET',
  path: '/api/v1/billing/invoices',
  aliases: ['/api/portal/invoices'],
  group: 'Invoices',
  summary: 'List invoices',
  description: 'Newest first, of one state or of all.',
  permission: 'invoice:read',
  query: z.strictObject({ status: z.enum(invoiceStatuses).optional(), ...pageInput }),
  output: pageOf(invoiceSummaryDto),
  errors: [],
  handle: (context, { query }) => listInvoices(context, query),
});

export const getInvoiceContract = contract({
  id: 'getInvoice',
  method: 'GET',
  path: '/api/v1/billing/invoices/{id}',
  aliases: ['/api/portal/invoices/{id}'],
  group: 'Invoices',
  summary: 'Read an invoice with its lines',
  permission: 'invoice:read',
  params: invoiceParams,
  output: invoiceDto,
  errors: ['not_found'],
  handle: (context, { params }) => getInvoice(context, params.id),
});
