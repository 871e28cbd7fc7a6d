import type { Localized } from '../../catalog/catalog';

/** What a credit note takes back of one line of the invoice. Minor units; of a discount they are negative. */
export interface CreditedLine {
  /** The line's position on the invoice. */
  position: number;
  netMinor: bigint;
  taxMinor: bigint;
}

export interface CreditNoteLine extends CreditedLine {
  description: Localized;
  /** Of the tax; null where none was charged. */
  taxPercentage: string | null;
}

/** A credit note without its lines, as a list shows it. */
export interface CreditNoteSummary {
  id: string;
  /** Gapless within the seller, in a sequence of its own. */
  number: string;
  invoiceId: string;
  invoiceNumber: string;
  /** Why, in the words of whoever issued it. */
  reason: string;
  currency: string;
  netMinor: bigint;
  taxMinor: bigint;
  /** Net + tax. */
  totalMinor: bigint;
  /** The part that went beyond what was still to pay of the invoice. */
  refundableMinor: bigint;
  /** What of that had been paid with prepaid credit and is credit again; the rest is money to give back. */
  returnedCreditMinor: bigint;
  issuedAt: Date;
}

export interface CreditNote extends CreditNoteSummary {
  lines: CreditNoteLine[];
}

/** What is to be credited: all that is left, an amount of it, or certain lines. Amounts are with tax, in minor units. */
export type WantedCredit =
  | { scope: 'whole' }
  | { scope: 'amount'; amountMinor: bigint }
  /** `amountMinor` left out: all that is left of the line. */
  | { scope: 'lines'; lines: readonly { position: number; amountMinor?: bigint | undefined }[] };
