/** A day of the chart of totals: what was used up to its end or, from today on, what is expected by then. */
export interface TotalPoint {
  day: string;
  /** Exact, for the words; null for days to come. */
  total: string | null;
  height: number | null;
  /** Height of the forecast, and the range that it lies in; null before today. */
  expected: number | null;
  range: [number, number] | null;
}

export interface Outlook {
  expected: string;
  low: string;
  high: string;
}

/** Running totals of the days, and from `today` on an even way to the forecast at the end of the period. */
export function totalPoints(points: readonly { at: string; quantity: string }[], today: string | null, outlook: Outlook | null): TotalPoint[] {
  let total = 0n;
  const past = today === null ? points.length - 1 : points.findLastIndex(({ at }) => at <= today);
  const totals = points.map(({ quantity }, index) => (index <= past ? (total += BigInt(quantity)) : null));
  const used = Number(total);
  const steps = points.length - 1 - past;
  return points.map(({ at }, index) => {
    const sum = totals[index] ?? null;
    const share = steps > 0 && index >= past ? (index - past) / steps : null;
    const toward = (end: string): number => used + Math.max(0, Number(end) - used) * (share ?? 0);
    const shown = outlook !== null && share !== null;
    return {
      day: at,
      total: sum === null ? null : sum.toString(),
      height: sum === null ? null : Number(sum),
      expected: shown ? toward(outlook.expected) : null,
      range: shown ? [toward(outlook.low), toward(outlook.high)] : null,
    };
  });
}
