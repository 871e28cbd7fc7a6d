import { z } from 'zod';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { readPaymentStatus } from '@/lib/billing/workflows/collect-payment/payment-status';
import { invoicePaymentDto, invoicePaymentView, paymentStatusDto, paymentStatusView } from '@/lib/billing/workflows/collect-payment/schema';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { invoiceParams } from './invoices';

const group = 'Payments';

export const payInvoiceContract = contract({
  id: 'payInvoice',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/pay',
  aliases: ['/api/portal/invoices/{id}/pay'],
  group,
  summary: 'Pay an invoice with a stored payment method',
  description:
    'While the customer is there. Asked again while a payment is under way it joins that one: an invoice is charged once. `requires_action`: let the browser confirm it with the client secret, then ask for the payment status until it is final. The same Idempotency-Key is the same payment, also after it failed.',
  permission: 'payment:write',
  params: invoiceParams,
  body: z.strictObject({ paymentMethodId: idInput.optional().describe('The default unless said.') }),
  output: invoicePaymentDto,
  errors: [
    'not_found', 'invoice_not_payable', 'payment_method_required', 'payments_unavailable', 'payment_provider_unavailable', 'payment_refused', 'idempotency_key_reused',
  ],
  // The answer holds a client secret, which is not stored.
  idempotency: 'own',
  example: {},
  handle: async (context, { params, body, idempotencyKey }) =>
    invoicePaymentView(await payInvoice(context, { invoiceId: params.id, paymentMethodId: body.paymentMethodId, requestKey: idempotencyKey ?? null })),
});

export const readPaymentStatusContract = contract({
  id: 'getPaymentStatus',
  method: 'GET',
  path: '/api/v1/billing/invoices/{id}/payment-status',
  group,
  summary: 'See how the payment of an invoice stands',
  description: 'Of what is under way the provider is asked, every two seconds at most, so asking again and again arrives at a final state.',
  permission: 'invoice:read',
  params: invoiceParams,
  output: paymentStatusDto,
  errors: ['not_found'],
  handle: async (context, { params }) => paymentStatusView(await readPaymentStatus(context, params.id)),
});
