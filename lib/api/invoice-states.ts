import { z } from 'zod';
import { markUncollectible } from '@/lib/billing/invoices/mark-uncollectible';
import { recordPayment } from '@/lib/billing/invoices/record-payment';
import { invoiceDto } from '@/lib/billing/invoices/schema';
import { setPaymentTerm } from '@/lib/billing/invoices/set-payment-term';
import { voidInvoice } from '@/lib/billing/invoices/void-invoice';
import { withDunningReviewed } from '@/lib/billing/workflows/dunning/review-dunning';
import { instantInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { invoiceParams } from './invoices';

export const recordPaymentContract = contract({
  id: 'recordInvoicePayment',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/payment',
  group: 'Invoices',
  summary: 'Mark an invoice paid that was paid in another way',
  description: 'Such as by bank transfer. For the seller alone. Said twice with the same moment, it is one payment.',
  permission: 'invoice:manage',
  params: invoiceParams,
  body: z.strictObject({ paidAt: instantInput.describe('Between the issue of the invoice and now.') }),
  output: invoiceDto,
  errors: ['not_found', 'invalid_transition'],
  example: { paidAt: '2026-11-21T08:00:00Z' },
  handle: (context, { params, body }) => withDunningReviewed(context, params.id, () => recordPayment(context, { invoiceId: params.id, paidAt: body.paidAt })),
});

export const voidInvoiceContract = contract({
  id: 'voidInvoice',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/void',
  group: 'Invoices',
  summary: 'Declare an unpaid invoice void',
  description: 'It keeps its number and is no longer owed. For the seller alone.',
  permission: 'invoice:manage',
  params: invoiceParams,
  output: invoiceDto,
  errors: ['not_found', 'invalid_transition'],
  handle: (context, { params }) => withDunningReviewed(context, params.id, () => voidInvoice(context, { invoiceId: params.id })),
});

export const markUncollectibleContract = contract({
  id: 'markInvoiceUncollectible',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/uncollectible',
  group: 'Invoices',
  summary: 'Give an open invoice up',
  description: 'It is still owed and may still be paid or declared void. For the seller alone.',
  permission: 'invoice:manage',
  params: invoiceParams,
  output: invoiceDto,
  errors: ['not_found', 'invalid_transition'],
  handle: (context, { params }) => withDunningReviewed(context, params.id, () => markUncollectible(context, { invoiceId: params.id })),
});

export const setPaymentTermContract = contract({
  id: 'setPaymentTerm',
  method: 'PUT',
  path: '/api/v1/billing/account/payment-term',
  group: 'Invoices',
  summary: 'Set how many days the account has to pay',
  description: 'For invoices issued from now on. For the seller alone.',
  permission: 'invoice:manage',
  body: z.strictObject({ days: z.int().min(0).max(365).nullable().describe("Null: the seller's own term. 0: due when issued.") }),
  output: z.object({ days: z.number().int().describe('The term that counts now.'), own: z.boolean().describe("Whether it is the account's own.") }),
  errors: [],
  example: { days: 30 },
  handle: (context, { body }) => setPaymentTerm(context, body),
});
