/** Percentages as a person types them, such as `50, 80 100%`; null when something else stands among them or they are too many. */
export function parsePercentages(text: string): number[] | null {
  const parts = text.split(/[\s,;，、；%％]+/).filter(Boolean);
  const percents = parts.map(Number);
  if (parts.length > 10 || percents.some((percent) => !Number.isInteger(percent) || percent < 1 || percent > 1000)) return null;
  return [...new Set(percents)].sort((one, other) => one - other);
}

export const writePercentages = (percents: readonly number[]): string => percents.join(', ');
