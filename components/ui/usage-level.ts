export type UsageLevel = 'normal' | 'near' | 'reached' | 'over';

const nearPercent = 80;

/**
 * How close usage is to its limit.
 * @param used whole units as a decimal string; @param limit likewise, null for none.
 * @returns the level, and the share used in percent with one decimal (0 without a limit, 100 for any use of a zero limit).
 */
export function usageLevel(used: string, limit: string | null): { level: UsageLevel; percent: number } {
  if (limit === null) return { level: 'normal', percent: 0 };
  const usedUnits = BigInt(used);
  const limitUnits = BigInt(limit);
  if (limitUnits <= 0n) return usedUnits > 0n ? { level: 'over', percent: 100 } : { level: 'normal', percent: 0 };
  const percent = Number((usedUnits * 1000n) / limitUnits) / 10;
  if (usedUnits > limitUnits) return { level: 'over', percent };
  if (usedUnits === limitUnits) return { level: 'reached', percent };
  return { level: percent >= nearPercent ? 'near' : 'normal', percent };
}
