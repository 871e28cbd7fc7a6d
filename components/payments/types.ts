import type { ActionResult } from '@/lib/http/action';
import type { AttemptStatus } from '@/lib/billing/payments/attempt';
import type { FailureCode } from '@/lib/billing/payments/gateway/charges';
import type { CheckoutMode } from '@/lib/billing/payments/gateway/checkouts';
import type { MethodKind } from '@/lib/billing/payments/gateway/methods';

/** Whoever moves the money, as the pages need to know it: the one whose methods are entered there, where there is one. */
export interface GatewayView {
  /** Its stable name: what chooses its form. */
  name: string;
  /** What people know it by. */
  title: string;
  /** What its code in the browser is started with. No secret. */
  settings: Readonly<Record<string, string>>;
  /** Whether a new method is entered on our pages. */
  setupInPage: boolean;
  /** Whether it only stands in for a gateway and moves no money. */
  standIn: boolean;
  /** The pages of every provider that the customer may choose, this one among them, the preferred first. */
  pages: readonly ProviderPages[];
}

/** A provider, and what its own pages can be opened for. */
export interface ProviderPages {
  name: string;
  title: string;
  checkout: readonly CheckoutMode[];
}

/** The providers, the preferred first, that have a page of their own for it. */
export function pagesFor({ pages }: Pick<GatewayView, 'pages'>, mode: CheckoutMode): ProviderPages[] {
  return pages.filter(({ checkout }) => checkout.includes(mode));
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
  /** Whether its provider charges it in the account's currency, and is not switched off. */
  isChargeable: boolean;
}

/** Whether it can be charged at the moment. */
export function isUsable({ expiring, isChargeable }: Pick<MethodView, 'expiring' | 'isChargeable'>): boolean {
  return expiring !== 'expired' && isChargeable;
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
