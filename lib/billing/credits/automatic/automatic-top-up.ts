import { DomainError } from '@/lib/core/errors';
import { assertTopUpAmount } from '../top-ups/limits';

/** When credit is bought by itself. Amounts are minor units of the currency. */
export interface AutomaticTopUp {
  enabled: boolean;
  currency: string;
  /** Credit is bought when less than this is left. */
  thresholdMinor: bigint;
  amountMinor: bigint;
  /** The most that is bought by itself in one calendar month of the account. */
  monthlyCeilingMinor: bigint;
  /** Since a payment failed: nothing is bought until the customer sets it anew. */
  pausedAt: Date | null;
  /** Why that payment failed. */
  failureCode: string | null;
}

/** Throws `top_up_amount_not_allowed`, and `automatic_top_up_ceiling_too_low` where the month allows not one purchase. Pure. */
export function assertSettings({ amountMinor, monthlyCeilingMinor, currency }: Pick<AutomaticTopUp, 'amountMinor' | 'monthlyCeilingMinor' | 'currency'>): void {
  assertTopUpAmount(amountMinor, currency);
  if (monthlyCeilingMinor < amountMinor) throw new DomainError('automatic_top_up_ceiling_too_low');
}

/** Where the account stands. */
export interface Standing {
  balanceMinor: bigint;
  /** What was bought by itself this month or is being bought. */
  boughtMinor: bigint;
  isBuying: boolean;
}

/** Whether credit is to be bought now: one purchase at a time, and never past the ceiling of the month. Pure. */
export function isDue(settings: AutomaticTopUp, { balanceMinor, boughtMinor, isBuying }: Standing): boolean {
  if (!settings.enabled || settings.pausedAt !== null || isBuying) return false;
  return balanceMinor < settings.thresholdMinor && boughtMinor + settings.amountMinor <= settings.monthlyCeilingMinor;
}
