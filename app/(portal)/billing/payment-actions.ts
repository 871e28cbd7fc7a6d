'use server';

import { z } from 'zod';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { readCheckoutStanding } from '@/lib/billing/workflows/checkout/checkout-status';
import { payInvoice } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import { readPaymentStatus } from '@/lib/billing/workflows/collect-payment/payment-status';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';
import { checkoutView, paymentView } from './payment-views';

const requestKey = z.uuid();

/** Charges an invoice to a stored method. The answer may hold a client secret, by which the browser has it confirmed. */
export const payNow = action({
  permission: 'payment:write',
  input: z.strictObject({ invoiceId: idInput, paymentMethodId: idInput, requestKey }),
  refreshes: false,
  handle: async (context, input) => paymentView(await payInvoice(context, input)),
});

/** Where the payment of an invoice stands. */
export const readPayment = action({
  permission: 'invoice:read',
  input: z.strictObject({ invoiceId: idInput }),
  refreshes: false,
  handle: async (context, { invoiceId }) => paymentView(await readPaymentStatus(context, invoiceId)),
});

/** Opens a provider's page to pay an invoice on. */
export const openPaymentPage = action({
  permission: 'payment:write',
  input: z.strictObject({ invoiceId: idInput, gateway: z.string().max(40) }),
  refreshes: false,
  handle: async (context, { invoiceId, gateway }) => {
    const { url, session } = await beginCheckout(context, { purpose: { kind: 'invoice', invoiceId, keepMethod: true }, gateway, returnPath: `/billing/${invoiceId}` });
    return { url, checkoutId: session.id };
  },
});

/** What became of a page of the provider's. */
export const readCheckout = action({
  permission: 'payment:read',
  input: z.strictObject({ checkoutId: idInput }),
  refreshes: false,
  handle: async (context, { checkoutId }) => checkoutView(await readCheckoutStanding(context, checkoutId)),
});
