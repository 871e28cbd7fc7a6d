import type { ActionResult } from '@/lib/http/action';
import type { AttemptStatus } from '@/lib/billing/payments/attempt';
import type { CheckoutMode, FailureCode, MethodKind } from '@/lib/billing/payments/gateway';

/** Whoever moves the money, as the pages need to know it. */
export interface GatewayView {
  /** Its stable name: what chooses its form. */
  name: string;
  /** What its code in the browser is started with. No secret. */
  settings: Readonly<Record<string, string>>;
  /** Whether a new method is entered on our pages. */
  setupInPage: boolean;
  /** What its own page can be opened for. */
  checkout: readonly CheckoutMode[];
  /** Whether it only stands in for a gateway and moves no money. */
  standIn: boolean;
  /** Other providers that have pages of their own for the customer. */
  elsewhere: readonly { name: string; checkout: readonly CheckoutMode[] }[];
}

/** The providers, by name and the preferred first, that have a page of their own for it. */
export function pagesFor({ elsewhere, ...preferred }: GatewayView, mode: CheckoutMode): string[] {
  return [preferred, ...elsewhere].filter(({ checkout }) => checkout.includes(mode)).map(({ name }) => name);
}

/** A stored payment method as a row. */
export interface MethodView {
  id: string;
  kind: MethodKind;
  /** Such as `visa`. */
  brand: string;
  /** Such as `Visa •••• 4242`. */
  label: string;
  /** Month 1–12 and four-digit year; null: it does not expire. */
  expiry: { month: number; year: number } | null;
  /** Whether it expires within the next weeks, or has. */
  expiring: 'soon' | 'expired' | null;
  isDefault: boolean;
}

/** What came of asking the customer's bank, as far as the browser knows: the server is asked for the truth. */
export type Confirmation = { ok: true } | { ok: false; reason: FailureCode | 'unreachable' };

type Ask<Input, Value> = (input: Input) => Promise<ActionResult<Value>>;

/** Storing a new method: our server begins it, the browser finishes it with the provider, our server reads what came of it. */
export interface MethodActions {
  /** The same key is the same setup. */
  begin: Ask<{ requestKey: string }, { setupId: string; clientSecret: string | null }>;
  finish: Ask<{ setupId: string }, SetupView>;
}

export interface SetupView {
  status: 'open' | 'requires_action' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  failureCode: FailureCode | null;
  /** What was stored. */
  paymentMethodId: string | null;
}

/** Where a payment stands, as the server says. */
export interface PaymentView {
  /** The newest try; null: nothing was tried yet. */
  attemptId: string | null;
  status: AttemptStatus | null;
  /** Whether the customer was sent to the provider's page and has not paid there. */
  isOnProviderPage: boolean;
  failureCode: FailureCode | null;
  paymentMethodId: string | null;
  /** Only in the answer to who pays: by it the browser has the payment confirmed. */
  clientSecret?: string | null | undefined;
}

/** Of what nobody has tried to pay. */
export const unpaid: PaymentView = { attemptId: null, status: null, isOnProviderPage: false, failureCode: null, paymentMethodId: null };

/** A page of a provider's own to go to. */
export type OpenCheckout = (input: { gateway: string }) => Promise<ActionResult<{ url: string | null; checkoutId: string }>>;

/** A page of the provider's own that the customer was sent to, as the server knows it. */
export interface CheckoutView {
  id: string;
  mode: CheckoutMode;
  status: 'in_progress' | 'completed' | 'canceled' | 'error';
}
