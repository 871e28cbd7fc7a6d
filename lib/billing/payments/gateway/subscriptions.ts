/** What the gateway renews by itself: one price a period. */
export interface ManagedPlan {
  /** Stable key of the price, by which the gateway finds it again. */
  priceId: string;
  name: string;
  amountMinor: bigint;
  currency: string;
  interval: 'day' | 'week' | 'month' | 'year';
  intervalCount: number;
}

export interface ManagedSubscriptions {
  read(reference: string): Promise<ManagedSubscription>;
  /** At the end of the period; `resume` undoes it. */
  cancelAtPeriodEnd(change: { idempotencyKey: string; reference: string; resume: boolean }): Promise<ManagedSubscription>;
  /**
   * Charges its periods to another stored method of its customer from now on, and at once what could not be charged to the one
   * before; that may be declined too. Absent where the customer does this at the gateway.
   */
  changeMethod?(change: { idempotencyKey: string; reference: string; paymentMethod: string }): Promise<ManagedSubscription>;
}

export interface ManagedSubscription {
  reference: string;
  /** Our own name of it. */
  subscriptionId: string | null;
  state: 'trialing' | 'active' | 'past_due' | 'paused' | 'canceled' | 'incomplete';
  period: { start: Date; end: Date };
  cancelAtPeriodEnd: boolean;
  /** The gateway's own name of the method that its periods are charged to; null where it tells none. */
  paymentMethod: string | null;
  /** What it charged so far, oldest first. */
  payments: { reference: string; charge: string | null; amountMinor: bigint; currency: string; paidAt: Date; period: { start: Date; end: Date } }[];
}
