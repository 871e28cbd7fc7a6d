import { z } from 'zod';
import { getRefund, listRefunds } from '@/lib/billing/payments/refunds/list-refunds';
import { refundDestinations, refundStatuses, type Refund } from '@/lib/billing/payments/refunds/refund';
import { refundDto } from '@/lib/billing/payments/refunds/schema';
import { refundInvoice } from '@/lib/billing/workflows/refund/refund-invoice';
import { retryRefund } from '@/lib/billing/workflows/refund/retry-refund';
import { idInput, lineInput, pageInput, pageOf, quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { invoiceParams } from './invoices';

const group = 'Refunds';
const params = z.strictObject({ id: idInput });
const to = z.enum(refundDestinations).describe('`method`: back to where the payment came from. `credit`: kept for the customer.');

const viewOf = ({ destination, ...refund }: Refund) => ({ ...refund, to: destination });

export const refundInvoiceContract = contract({
  id: 'refundInvoice',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/refunds',
  group,
  summary: 'Give a paid invoice back, whole or in part',
  description:
    'Without an amount, all that was paid and is not given back. What credit notes gave back already is paid out first; for the rest a credit note is issued with the refund. The payment provider is asked at once: read the refund until it is no longer `requested`. For the seller alone.',
  permission: 'payment:manage',
  params: invoiceParams,
  body: z.strictObject({
    amountMinor: quantityInput.optional().describe('Minor units of the currency of the invoice.'),
    to,
    reason: lineInput.describe('It stands on the credit note.'),
  }),
  output: refundDto,
  errors: ['not_found', 'not_refundable', 'refund_exceeds_payment', 'not_creditable', 'credit_exceeds_invoice', 'payments_unavailable'],
  idempotency: 'stored',
  example: { amountMinor: 500, to: 'method', reason: 'Service was down on 3 November' },
  handle: async (context, { params: { id }, body }) => viewOf(await refundInvoice(context, { invoiceId: id, ...body })),
});

export const retryRefundContract = contract({
  id: 'retryRefund',
  method: 'POST',
  path: '/api/v1/billing/refunds/{id}/retry',
  group,
  summary: 'Make a refund that failed again',
  description: 'To the same method once more, or as credit, by a refund of its own. Said again, it answers the one that was made. For the seller alone.',
  permission: 'payment:manage',
  params,
  body: z.strictObject({ to }),
  output: refundDto,
  errors: ['not_found', 'invalid_transition', 'not_refundable', 'refund_exceeds_payment'],
  example: { to: 'credit' },
  handle: async (context, { params: { id }, body }) => viewOf(await retryRefund(context, { refundId: id, to: body.to })),
});

export const listRefundsContract = contract({
  id: 'listRefunds',
  method: 'GET',
  path: '/api/v1/billing/refunds',
  group,
  summary: 'List refunds',
  description: 'Newest first, of one invoice or state or of all.',
  permission: 'invoice:read',
  query: z.strictObject({ invoice: idInput.optional().describe('The id of an invoice.'), status: z.enum(refundStatuses).optional(), ...pageInput }),
  output: pageOf(refundDto),
  errors: [],
  handle: async (context, { query: { invoice, ...query } }) => {
    const page = await listRefunds(context, { invoiceId: invoice, ...query });
    return { ...page, items: page.items.map(viewOf) };
  },
});

export const getRefundContract = contract({
  id: 'getRefund',
  method: 'GET',
  path: '/api/v1/billing/refunds/{id}',
  group,
  summary: 'Read a refund',
  permission: 'invoice:read',
  params,
  output: refundDto,
  errors: ['not_found'],
  handle: async (context, { params: { id } }) => viewOf(await getRefund(context, id)),
});
