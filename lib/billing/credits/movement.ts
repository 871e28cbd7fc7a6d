import type { GrantCause } from './grant';

export const movementKinds = ['granted', 'spent', 'returned', 'expired', 'revoked', 'paid_back', 'settled', 'made_up'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** What changed how much credit an account has. */
export interface Movement {
  id: string;
  kind: MovementKind;
  /** Minor units: above zero there is more. */
  amountMinor: bigint;
  /** What was left in all after it, in its currency. */
  balanceMinor: bigint;
  occurredAt: Date;
  grantId: string;
  /** Of the grant. */
  cause: GrantCause;
  note: string;
  /** What it paid, or what gave it back; null for the others. */
  invoiceId: string | null;
  invoiceNumber: string | null;
  creditNoteId: string | null;
  creditNoteNumber: string | null;
}
