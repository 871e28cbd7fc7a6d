/** What the hosted page knows of a checkout session, in the smallest units of the currency. */
export interface SessionView {
  id: string;
  status: 'open' | 'complete' | 'expired';
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required';
  mode: 'payment' | 'setup' | 'subscription';
  locale: string;
  currency: string;
  total: number;
  lines: { description: string; quantity: number; amount: number; interval: string | null; intervalCount: number }[];
  /** Days before the first charge. */
  trialDays: number;
  email: string | null;
  savedCards: { id: string; brand: string; last4: string; expiry: string }[];
  paymentMethodTypes: string[];
  /** The customer may choose whether the card is kept. */
  offersToSave: boolean;
  publishableKey: string;
  /** Where the page leads after payment; set once the session is complete. */
  successUrl: string | null;
  cancelUrl: string | null;
}

/** What came of an attempt to pay. */
export type PayAnswer =
  | { kind: 'complete'; successUrl: string }
  | { kind: 'challenge'; clientSecret: string }
  | { kind: 'declined'; code: string | null; declineCode: string | null; message: string }
  | { kind: 'closed' };
