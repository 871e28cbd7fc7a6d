import type { GatewayCharge } from './charges';
import type { Setup } from './methods';
import type { ManagedPlan } from './subscriptions';

export const checkoutModes = ['payment', 'setup', 'subscription'] as const;
export type CheckoutMode = (typeof checkoutModes)[number];

interface NewCheckoutBase {
  idempotencyKey: string;
  /** Our own name of it, given back by every notice. */
  checkoutId: string;
  accountId: string;
  customer: string;
  /** Where the gateway sends the browser afterwards. Neither proves anything. */
  successUrl: string;
  cancelUrl: string;
  /** From half an hour to a day ahead. */
  expiresAt: Date;
  language: 'en' | 'zh';
}

export type NewCheckout = NewCheckoutBase &
  (
    | { mode: 'payment'; attemptId: string; amountMinor: bigint; currency: string; description: string; /** Whether the method is stored for later. */ keepMethod: boolean }
    | { mode: 'setup'; currency: string }
    | { mode: 'subscription'; subscriptionId: string; plan: ManagedPlan }
  );

export interface Checkout {
  reference: string;
  checkoutId: string | null;
  mode: CheckoutMode;
  state: 'open' | 'complete' | 'expired';
  /** Where the browser goes while it is open. */
  url: string | null;
  /** Of a payment that was begun. */
  charge: GatewayCharge | null;
  /** Of a setup that was begun. */
  setup: Setup | null;
  /** The gateway's own name of the subscription that was begun. */
  subscription: string | null;
}
