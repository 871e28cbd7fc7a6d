import type { CheckoutView, GatewayView, MethodView, PaymentView } from '@/components/payments/types';
import type { CheckoutSession } from '@/lib/billing/payments/checkout/checkout';
import { findGateway } from '@/lib/billing/payments/configured-gateway';
import { listPaymentMethods, type ListedMethod, type PaymentOption } from '@/lib/billing/payments/methods/list-methods';
import { readCheckoutStanding } from '@/lib/billing/workflows/checkout/checkout-status';
import type { InvoicePayment } from '@/lib/billing/workflows/collect-payment/pay-invoice';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';

const expiring = { valid: null, expires_soon: 'soon', expired: 'expired' } as const;

function methodView({ id, kind, brand, label, expiryMonth, expiryYear, validity, isDefault, isChargeable }: ListedMethod): MethodView {
  const expiry = expiryMonth === null || expiryYear === null ? null : { month: expiryMonth, year: expiryYear };
  return { id, kind, brand: brand.toLowerCase(), label, expiry, expiring: expiring[validity], isDefault, isChargeable };
}

function gatewayView({ gateway, title, publicSettings, inPage }: PaymentOption, options: readonly PaymentOption[]): GatewayView {
  const pages = options.map((option) => ({ name: option.gateway, title: option.title, checkout: option.checkout }));
  return { name: gateway, title, settings: publicSettings, setupInPage: inPage, standIn: findGateway(gateway)?.standIn ?? false, pages };
}

/**
 * How the account can pay: the provider whose methods are entered on our pages, else the preferred one, with the pages of all beside
 * it; null where there is none. And the methods that it has stored.
 */
export async function paymentChoices(context: Context): Promise<{ gateway: GatewayView | null; methods: MethodView[] }> {
  const { items, options } = await listPaymentMethods(context);
  const first = options.find(({ inPage }) => inPage) ?? options[0];
  return { gateway: first ? gatewayView(first, options) : null, methods: items.map(methodView) };
}

/** Where the payment of an invoice stands; one that was paid in another way counts as paid. */
export function paymentView({ invoice, attempt, clientSecret }: InvoicePayment): PaymentView {
  return {
    attemptId: attempt?.id ?? null,
    status: invoice.status === 'paid' ? 'succeeded' : (attempt?.status ?? null),
    isOnProviderPage: attempt?.checkoutSessionId != null && attempt.status === 'requested',
    failureCode: attempt?.failureCode ?? null,
    paymentMethodId: attempt?.paymentMethodId ?? null,
    clientSecret,
  };
}

export function checkoutView({ id, mode, status }: CheckoutSession): CheckoutView {
  return { id, mode, status };
}

/** What became of the provider's page that the customer comes back from; null where none of this account is named so. */
export async function returnedCheckout(context: Context, id: string | undefined): Promise<CheckoutView | null> {
  if (!id) return null;
  try {
    return checkoutView(await readCheckoutStanding(context, id));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null;
    throw error;
  }
}
