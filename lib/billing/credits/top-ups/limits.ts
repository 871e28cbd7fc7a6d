import { DomainError } from '@/lib/core/errors';
import { minorUnitDigits } from '../../money/currencies';

/** How much credit can be bought at once, in minor units. */
export interface TopUpLimits {
  minimumMinor: bigint;
  maximumMinor: bigint;
}

/** By currency, in major units. */
const limits: Record<string, { minimum: bigint; maximum: bigint }> = {
  USD: { minimum: 5n, maximum: 10_000n },
  EUR: { minimum: 5n, maximum: 10_000n },
  CNY: { minimum: 30n, maximum: 70_000n },
  JPY: { minimum: 500n, maximum: 1_500_000n },
};
const ofOtherCurrencies = { minimum: 5n, maximum: 10_000n };

export function topUpLimits(currency: string): TopUpLimits {
  const { minimum, maximum } = limits[currency] ?? ofOtherCurrencies;
  const unit = 10n ** BigInt(minorUnitDigits(currency));
  return { minimumMinor: minimum * unit, maximumMinor: maximum * unit };
}

/** Throws `top_up_amount_not_allowed` with the field and what it may be. */
export function assertTopUpAmount(amountMinor: bigint, currency: string, field = 'amountMinor'): void {
  const { minimumMinor, maximumMinor } = topUpLimits(currency);
  if (amountMinor >= minimumMinor && amountMinor <= maximumMinor) return;
  throw new DomainError('top_up_amount_not_allowed', undefined, { issues: [{ field, message: `Use ${minimumMinor} to ${maximumMinor} minor units of ${currency}.` }] });
}
