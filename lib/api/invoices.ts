import { z } from 'zod';
import { invoiceFilters, isOverdue, type Invoice } from '@/lib/billing/invoices/invoice';
import { chargeOnDemand } from '@/lib/billing/workflows/collect-payment/charge-on-demand';
import { getLineExplanation } from '@/lib/billing/invoices/explain-line';
import { exportInvoices, getInvoice, listInvoices } from '@/lib/billing/invoices/list-invoices';
import { invoiceDto, invoiceSummaryDto, lineExplanationDto } from '@/lib/billing/invoices/schema';
import { paidWith } from '@/lib/billing/payments/paid-with';
import { dayInput, idInput, lineInput, pageInput, pageOf } from '@/lib/core/input';
import { renderInvoice } from '@/lib/documents/render';
import { invoiceCsv } from '@/lib/documents/tables/invoice-lines';
import { invoiceListCsv } from '@/lib/documents/tables/invoice-list';
import { contract, FileAnswer } from '@/lib/http/contract';
import { toJson } from '@/lib/http/json';
import { fileName } from '@/lib/documents/file-name';
import { languageInput, lookInput, lookOf } from './document-input';

/** The name that people know the invoice by. */
const nameOf = (invoice: Invoice): string => invoice.number ?? invoice.id;

export const invoiceParams = z.strictObject({ id: idInput });

const overdue = z.boolean().describe('Open although its due date has passed. Not a state of its own.');

const listedInvoiceDto = invoiceSummaryDto.extend({ overdue });

export const listInvoicesContract = contract({
  id: 'listInvoices',
  method: 'GET',
  path: '/api/v1/billing/invoices',
  aliases: ['/api/portal/invoices'],
  group: 'Invoices',
  summary: 'List invoices',
  description: 'Newest first: of one state, overdue, or all.',
  permission: 'invoice:read',
  query: z.strictObject({ status: z.enum(invoiceFilters).optional().describe('`overdue`: the open ones whose due date has passed.'), number: lineInput.optional().describe('The number of an invoice, or a part of it.'), ...pageInput }),
  output: pageOf(listedInvoiceDto),
  errors: [],
  handle: async (context, { query }) => {
    const list = await listInvoices(context, query);
    const now = context.clock.now();
    return { ...list, items: list.items.map((invoice) => ({ ...invoice, overdue: isOverdue(invoice, now) })) };
  },
});

export const exportInvoicesContract = contract({
  id: 'exportInvoices',
  method: 'GET',
  path: '/api/v1/billing/invoices/export',
  group: 'Invoices',
  summary: 'Download the list of invoices as CSV or JSON',
  description: 'Newest first, of one state, overdue, or all; without the lines.',
  permission: 'invoice:read',
  query: z.strictObject({
    format: z.enum(['csv', 'json']).default('csv'),
    status: z.enum(invoiceFilters).optional(),
    from: dayInput.optional().describe("First calendar day of issue, in the account's time zone."),
    to: dayInput.optional().describe('Last calendar day of issue.'),
  }),
  output: 'file',
  errors: [],
  handle: async (context, { query: { format, ...wanted } }) => {
    const now = context.clock.now();
    const invoices = (await exportInvoices(context, wanted)).map((invoice) => ({ ...invoice, overdue: isOverdue(invoice, now) }));
    if (format === 'csv') return new FileAnswer('text/csv; charset=utf-8', 'invoices.csv', invoiceListCsv(invoices));
    const json = toJson(z.array(listedInvoiceDto).parse(invoices));
    return new FileAnswer('application/json; charset=utf-8', 'invoices.json', new TextEncoder().encode(json));
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
  errors: ['no_subscription', 'managed_by_gateway', 'invoice_already_issued', 'nothing_to_invoice', 'price_not_offered'],
  idempotency: 'stored',
  example: { periodStart: '2026-11-01' },
  handle: (context, { body }) => chargeOnDemand(context, body),
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

export const explainInvoiceLineContract = contract({
  id: 'explainInvoiceLine',
  method: 'GET',
  path: '/api/v1/billing/invoices/{id}/lines/{lineId}/explanation',
  group: 'Invoices',
  summary: 'See how the amount of a line was worked out',
  description: 'The price version, the limit and the use that made it, as they were when it was issued, with the arithmetic step by step in both languages.',
  permission: 'invoice:read',
  params: invoiceParams.extend({ lineId: idInput }),
  output: lineExplanationDto,
  errors: ['not_found'],
  handle: (context, { params }) => getLineExplanation(context, { invoiceId: params.id, lineId: params.lineId }),
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
  query: z.strictObject(lookInput),
  output: 'file',
  errors: ['not_found', 'overloaded'],
  handle: async (context, { params, query }) => {
    const invoice = await getInvoice(context, params.id);
    const bytes = await renderInvoice(invoice, query.language ?? invoice.customer.language, await lookOf(context, query), await paidWith(context, invoice.id));
    return new FileAnswer('application/pdf', fileName(nameOf(invoice), 'pdf'), bytes);
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
      return new FileAnswer('text/csv; charset=utf-8', fileName(nameOf(invoice), 'csv'), invoiceCsv(invoice, query.language ?? invoice.customer.language));
    }
    const json = toJson(invoiceDto.parse(invoice));
    return new FileAnswer('application/json; charset=utf-8', fileName(nameOf(invoice), 'json'), new TextEncoder().encode(json));
  },
});
