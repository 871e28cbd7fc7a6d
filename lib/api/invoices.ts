import { z } from 'zod';
import { invoiceFilters, isOverdue, type Invoice } from '@/lib/billing/invoices/invoice';
import { generateInvoice } from '@/lib/billing/invoices/generate-invoice';
import { getInvoice, listInvoices } from '@/lib/billing/invoices/list-invoices';
import { invoiceDto, invoiceSummaryDto } from '@/lib/billing/invoices/schema';
import { dayInput, idInput, pageInput, pageOf } from '@/lib/core/input';
import { invoiceCsv } from '@/lib/documents/invoice/invoice-table';
import { renderInvoice } from '@/lib/documents/render-invoice';
import { contract, FileAnswer } from '@/lib/http/contract';
import { toJson } from '@/lib/http/json';
import { languages, type Language } from '@/lib/i18n/languages';

const languageInput = z.enum(Object.keys(languages) as [Language, ...Language[]]).optional().describe("The customer's own language unless said.");

/** The name of a file of the invoice, safe in a header. */
function fileName(invoice: Invoice, extension: string): string {
  return `${(invoice.number ?? invoice.id).replace(/[^\w.-]/g, '-')}.${extension}`;
}

export const invoiceParams = z.strictObject({ id: idInput });

const overdue = z.boolean().describe('Open although its due date has passed. Not a state of its own.');

export const listInvoicesContract = contract({
  id: 'listInvoices',
  method: 'GET',
  path: '/api/v1/billing/invoices',
  aliases: ['/api/portal/invoices'],
  group: 'Invoices',
  summary: 'List invoices',
  description: 'Newest first: of one state, overdue, or all.',
  permission: 'invoice:read',
  query: z.strictObject({ status: z.enum(invoiceFilters).optional().describe('`overdue`: the open ones whose due date has passed.'), ...pageInput }),
  output: pageOf(invoiceSummaryDto.extend({ overdue })),
  errors: [],
  handle: async (context, { query }) => {
    const list = await listInvoices(context, query);
    const now = context.clock.now();
    return { ...list, items: list.items.map((invoice) => ({ ...invoice, overdue: isOverdue(invoice, now) })) };
  },
});

export const generateInvoiceContract = contract({
  id: 'generateInvoice',
  method: 'POST',
  path: '/api/v1/billing/invoices',
  aliases: ['/api/portal/invoices'],
  group: 'Invoices',
  summary: 'Invoice what a billing period costs and no invoice has charged yet',
  description:
    'Invoices are issued by themselves when a period opens and closes. This issues what they leave: the fee of a period whose invoice was declared void, and usage past the limits that arrived after the period was closed.',
  permission: 'invoice:write',
  body: z.strictObject({ periodStart: dayInput.describe("First calendar day of the billing period in the account's time zone.") }),
  output: invoiceDto,
  errors: ['no_subscription', 'invoice_already_issued', 'nothing_to_invoice', 'price_not_offered'],
  idempotency: 'stored',
  example: { periodStart: '2026-11-01' },
  handle: (context, { body }) => generateInvoice(context, body),
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
  output: invoiceDto.extend({ overdue }),
  errors: ['not_found'],
  handle: async (context, { params }) => {
    const invoice = await getInvoice(context, params.id);
    return { ...invoice, overdue: isOverdue(invoice, context.clock.now()) };
  },
});

export const getInvoicePdfContract = contract({
  id: 'getInvoicePdf',
  method: 'GET',
  path: '/api/v1/billing/invoices/{id}/pdf',
  aliases: ['/api/portal/invoices/{id}/pdf'],
  group: 'Invoices',
  summary: 'Download an invoice as PDF',
  permission: 'invoice:read',
  params: invoiceParams,
  query: z.strictObject({ language: languageInput }),
  output: 'file',
  errors: ['not_found', 'overloaded'],
  handle: async (context, { params, query }) => {
    const invoice = await getInvoice(context, params.id);
    return new FileAnswer('application/pdf', fileName(invoice, 'pdf'), await renderInvoice(invoice, query.language ?? invoice.customer.language));
  },
});

export const exportInvoiceContract = contract({
  id: 'exportInvoice',
  method: 'GET',
  path: '/api/v1/billing/invoices/{id}/export',
  group: 'Invoices',
  summary: 'Download the lines of an invoice as CSV, or the whole of it as JSON',
  permission: 'invoice:read',
  params: invoiceParams,
  query: z.strictObject({ format: z.enum(['csv', 'json']).default('csv'), language: languageInput }),
  output: 'file',
  errors: ['not_found'],
  handle: async (context, { params, query }) => {
    const invoice = await getInvoice(context, params.id);
    if (query.format === 'csv') {
      return new FileAnswer('text/csv; charset=utf-8', fileName(invoice, 'csv'), invoiceCsv(invoice, query.language ?? invoice.customer.language));
    }
    const json = toJson(invoiceDto.parse(invoice));
    return new FileAnswer('application/json; charset=utf-8', fileName(invoice, 'json'), new TextEncoder().encode(json));
  },
});
