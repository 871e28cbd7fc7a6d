import type { PaymentTokenResponse } from '@paypal/paypal-server-sdk';
import type { GatewayMethod } from '@/lib/billing/payments/gateway/methods';
import type { PayPal } from './client';
import { askingFor, asGatewayError, isMissing } from './failures';

/** A stored method in the port's words; null for one without an owner. Pure. */
export function methodOf({ id, customer, paymentSource }: PaymentTokenResponse): GatewayMethod | null {
  const owner = customer?.merchantCustomerId ?? customer?.id;
  if (!id || !owner) return null;
  const { card, paypal, venmo } = paymentSource ?? {};
  if (card) {
    const [, year, month] = /^(\d{4})-(\d{2})$/.exec(card.expiry ?? '') ?? [];
    return { reference: id, customer: owner, kind: 'card', brand: (card.brand ?? 'card').toLowerCase(), lastDigits: card.lastDigits ?? '', expiry: month ? { month: Number(month), year: Number(year) } : null, fingerprint: null };
  }
  const wallet = { reference: id, customer: owner, kind: 'wallet', lastDigits: '', expiry: null } as const;
  const email = (venmo ?? paypal)?.emailAddress ?? null;
  return { ...wallet, brand: venmo ? 'Venmo' : 'PayPal', email, fingerprint: paypal?.payerId ?? paypal?.accountId ?? null };
}

/** The method, or null when PayPal has none of that name. */
export async function readMethod(paypal: PayPal, reference: string): Promise<GatewayMethod | null> {
  const token = await askingFor(() => paypal.vault.getPaymentToken(reference));
  return token && methodOf(token);
}

/** Has PayPal forget the method. Of one that is gone already: nothing. */
export async function removeMethod(paypal: PayPal, { reference }: { reference: string }): Promise<void> {
  try {
    await paypal.vault.deletePaymentToken(reference);
  } catch (error) {
    if (!isMissing(error)) throw asGatewayError(error);
  }
}
