export const topUpStatuses = ['pending', 'completed', 'failed', 'canceled'] as const;
export type TopUpStatus = (typeof topUpStatuses)[number];

export const topUpCauses = ['purchase', 'automatic'] as const;

/** Prepaid credit that is bought. It is credit once the payment has gone through, and not before. */
export interface TopUp {
  id: string;
  accountId: string;
  /** Minor units. */
  amountMinor: bigint;
  currency: string;
  cause: (typeof topUpCauses)[number];
  status: TopUpStatus;
  /** Why the payment failed. */
  failureCode: string | null;
  /** Its receipt and the credit that it became; null until it is completed. */
  invoiceId: string | null;
  grantId: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** Every move of a top-up. Money that comes although its payment had failed or was taken back becomes credit all the same. */
export const topUpTransitions: Record<TopUpStatus, readonly TopUpStatus[]> = {
  pending: ['completed', 'failed', 'canceled'],
  failed: ['completed'],
  canceled: ['completed'],
  completed: [],
};
