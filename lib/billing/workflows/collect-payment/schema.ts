import { z } from 'zod';
import { invoiceSummaryDto } from '../../invoices/schema';
import { findGateway } from '../../payments/configured-gateway';
import { failureCodes } from '../../payments/gateway/charges';
import { publicSettingsDto } from '../../payments/methods/schema';
import type { InvoicePayment } from './pay-invoice';

export const paymentStatusDto = z.object({
  invoice: invoiceSummaryDto,
  paymentStatus: z
    .enum(['none', 'processing', 'requires_action', 'succeeded', 'failed', 'canceled'])
    .describe('What became of the newest payment. `none`: nobody has tried. `processing`: ask again; it becomes final by itself.'),
  requiresAction: z.boolean().describe("Whether the customer has to confirm it, as with 3D Secure: by the client secret, which paying again answers."),
  awaitsProvider: z.boolean().describe('Whether the provider has not answered yet. Nothing is lost: it is asked again by itself.'),
  attemptId: z.string().nullable(),
  paymentMethodId: z.string().nullable(),
  checkoutId: z.string().nullable().describe("The page of the provider's on which it is made."),
  amountMinor: z.bigint().nullable().describe('Minor units.'),
  failureCode: z.enum(failureCodes).nullable(),
  retryable: z.boolean().nullable().describe('Whether the same payment method may be charged again. Null unless it failed.'),
});

export const invoicePaymentDto = paymentStatusDto.extend({
  gateway: z.string().nullable(),
  publicSettings: publicSettingsDto.nullable(),
  clientSecret: z.string().nullable().describe('For the browser of the customer alone, where the payment requires action.'),
});

/** How a payment stands, as the API answers it. */
export function paymentStatusView({ invoice, attempt }: InvoicePayment): z.input<typeof paymentStatusDto> {
  const paymentStatus = invoice.status === 'paid' ? 'succeeded' : attempt?.status === 'requested' ? 'processing' : (attempt?.status ?? 'none');
  return {
    invoice, paymentStatus,
    requiresAction: paymentStatus === 'requires_action',
    awaitsProvider: attempt?.status === 'requested' && attempt.checkoutSessionId === null,
    attemptId: attempt?.id ?? null,
    paymentMethodId: attempt?.paymentMethodId ?? null,
    checkoutId: attempt?.checkoutSessionId ?? null,
    amountMinor: attempt?.amountMinor ?? null,
    failureCode: attempt?.failureCode ?? null,
    retryable: attempt?.retryable ?? null,
  };
}

/** The same for those who pay, with what their browser goes on with. */
export function invoicePaymentView(payment: InvoicePayment): z.input<typeof invoicePaymentDto> {
  const gateway = payment.attempt && findGateway(payment.attempt.gateway);
  return { ...paymentStatusView(payment), gateway: payment.attempt?.gateway ?? null, publicSettings: gateway?.publicSettings ?? null, clientSecret: payment.clientSecret };
}
