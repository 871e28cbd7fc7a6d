import type { Appearance, BillingDetails, PaymentMethod, StripeError } from '@stripe/stripe-js';
import type { Language } from './words';

/** What a page's element has set for its fields. */
export interface FieldSettings {
  publishableKey: string;
  /** `card`, `us_bank_account`: a choice is shown when there are two. */
  types: readonly string[];
  language: Language;
  appearance: Appearance;
  country: string;
  name: string;
  email: string;
  /** False when the page gathers country and postal code itself. */
  asksAddress: boolean;
  readOnly: boolean;
}

export type Question = { kind: 'submit' } | { kind: 'create_payment_method'; billingDetails: Partial<BillingDetails> };
export interface Answer {
  type?: string;
  paymentMethod?: PaymentMethod;
  error?: StripeError;
}

/** Between the page, which never sees what is typed, and the frame of the sandbox's origin that holds the fields. */
export type ToFrame =
  | { kind: 'configure'; settings: FieldSettings }
  | { kind: 'focus' | 'blur' | 'clear' | 'collapse' }
  | { kind: 'ask'; number: number; question: Question };

export type ToPage =
  | { kind: 'loaded' | 'ready' | 'focus' | 'blur' | 'escape' }
  | { kind: 'height'; pixels: number }
  | { kind: 'change'; complete: boolean; empty: boolean; collapsed: boolean; type: string; country: string; postalCode: string }
  | { kind: 'answer'; number: number; answer: Answer };
