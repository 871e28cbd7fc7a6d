import { minorDigits } from '@/lib/i18n/currencies';
import type { LimitsView } from './types';

// Three, so that they stand beside each other on a phone.
const multiples = [2n, 5n, 20n];

/** Amounts to offer, in minor units: round ones from the least that can be bought upwards. */
export function presetsOf({ least, most }: LimitsView): string[] {
  const unit = 10n ** BigInt(minorDigits(least.currency));
  const rounded = ((BigInt(least.minor) + unit * 5n - 1n) / (unit * 5n)) * unit * 5n;
  return multiples.map((multiple) => rounded * multiple).filter((amount) => amount <= BigInt(most.minor)).map(String);
}

/** Whether that much can be bought at once. */
export function isWithin(minor: string, { least, most }: LimitsView): boolean {
  return BigInt(minor) >= BigInt(least.minor) && BigInt(minor) <= BigInt(most.minor);
}
