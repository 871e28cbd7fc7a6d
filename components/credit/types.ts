import type { GrantCause } from '@/lib/billing/credits/grant';
import type { FailureCode } from '@/lib/billing/payments/gateway/charges';
import type { MoneyDto } from '@/lib/i18n/format';

/** Credit that can be spent, as a row. */
export interface GrantView {
  id: string;
  cause: GrantCause;
  note: string;
  amountMinor: string;
  leftMinor: string;
  /** ISO 8601; null: it does not expire. */
  expiresAt: string | null;
}

/** What the account can spend in one currency. */
export interface BalanceView {
  currency: string;
  availableMinor: string;
  /** What was spent before its payment was given back. */
  owedMinor: string;
  nextExpiry: { at: string; amountMinor: string } | null;
  grants: readonly GrantView[];
}

/** How much can be bought at once. */
export interface LimitsView {
  least: MoneyDto;
  most: MoneyDto;
}

/** When credit is bought by itself; amounts in minor units. */
export interface AutomaticView {
  enabled: boolean;
  currency: string;
  thresholdMinor: string;
  amountMinor: string;
  monthlyCeilingMinor: string;
  /** Why it is paused; null: it is not. */
  pausedBy: FailureCode | null;
}
