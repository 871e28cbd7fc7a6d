import type { GatewayMethod } from '../gateway/methods';
import type { PaymentMethod } from '../attempt';

/** Days before the end of its validity from which on a payment method is said to expire soon. */
export const expiryNoticeDays = 30;

const day = 86_400_000;

/** The moment from which on the method can be charged no more: the end of its month; null: it does not expire. */
export function expiresAt({ expiryMonth, expiryYear }: Pick<PaymentMethod, 'expiryMonth' | 'expiryYear'>): Date | null {
  return expiryMonth === null || expiryYear === null ? null : new Date(Date.UTC(expiryYear, expiryMonth, 1));
}

export const validities = ['valid', 'expires_soon', 'expired'] as const;
/** How long a method can still be charged. */
export type Validity = (typeof validities)[number];

export function validityOf(method: Pick<PaymentMethod, 'expiryMonth' | 'expiryYear'>, now: Date): Validity {
  const end = expiresAt(method);
  if (!end || end.getTime() - expiryNoticeDays * day > now.getTime()) return 'valid';
  return end > now ? 'expires_soon' : 'expired';
}

const brandNames: Record<string, string> = {
  amex: 'American Express', cartes_bancaires: 'Cartes Bancaires', diners: 'Diners Club', discover: 'Discover', eftpos_au: 'eftpos',
  jcb: 'JCB', mastercard: 'Mastercard', unionpay: 'UnionPay', visa: 'Visa',
};

/** What people know a method by, such as `Visa •••• 4242`, or `PayPal d•••@example.com` for a wallet. */
export function labelOf({ brand, lastDigits, email }: Pick<GatewayMethod, 'brand' | 'lastDigits' | 'email'>): string {
  return [brandNames[brand.toLowerCase()] ?? brand, lastDigits && `•••• ${lastDigits}`, email && masked(email)].filter(Boolean).join(' ');
}

/** Enough of an e-mail address for its owner to know it again: its first letter and its domain. */
function masked(email: string): string {
  const [first = ''] = email;
  return `${first}•••${email.slice(email.lastIndexOf('@'))}`;
}

/** What a gateway says of a method, in our columns. */
export function describedBy({ reference, kind, brand, email, lastDigits, expiry, fingerprint }: GatewayMethod) {
  return {
    reference, kind, brand, lastDigits, fingerprint,
    expiryMonth: expiry?.month ?? null, expiryYear: expiry?.year ?? null, label: labelOf({ brand, lastDigits, email }),
  };
}

/** What of a method goes into the audit log. */
export function methodView({ label, kind, gateway, expiryMonth, expiryYear, isDefault }: PaymentMethod) {
  return { label, kind, gateway, expiryMonth, expiryYear, isDefault };
}
