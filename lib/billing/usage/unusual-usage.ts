/** Units on a day, or in the part of it that is over, and what the same weekday had in the weeks before. */
export interface UseToJudge {
  quantity: bigint;
  /** The same stretch of the same weekday, a week apart, oldest first: eight at most, fewer when there is less history. */
  earlier: readonly bigint[];
  /** Units on which nothing depends: less than this is never unusual. */
  minimum: bigint;
}

export interface Judgement {
  kind: 'spike' | 'drop';
  /** What the weeks before let expect. */
  expected: bigint;
  /** How far off it lies, in robust standard deviations, to one decimal place. */
  score: number;
}

const fewest = 4;
const alarm = 3.5;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The median of the slopes between every two of the values: one that few outliers cannot bend (Theil and Sen). */
function slopeOf(values: readonly number[]): number {
  return median(values.flatMap((later, index) => values.slice(0, index).map((earlier, before) => (later - earlier) / (index - before))));
}

/**
 * Whether the use is unusual, or null when it is not or too little is known. The weeks before give a line (the median of the
 * slopes, so that growth is no alarm) and the median distance from it (so that an earlier outlier hides nothing). It is
 * unusual when it lies more than 3.5 robust standard deviations and half of what was expected off the line, and half off the
 * last four weeks. Pure.
 */
export function judgeUse({ quantity, earlier, minimum }: UseToJudge): Judgement | null {
  if (earlier.length < fewest) return null;
  const values = earlier.map(Number);
  const slope = slopeOf(values);
  const offsets = values.map((value, index) => value - slope * index);
  const start = median(offsets);
  const expected = Math.max(0, start + slope * values.length);
  const distance = median(offsets.map((offset) => Math.abs(offset - start)));
  // A line drawn on past its values errs itself, the more the fewer they are.
  const count = values.length;
  const drawnOn = Math.sqrt(1 + 1 / count + (3 * (count + 1)) / (count * (count - 1)));
  // Even a series without any noise may stray a tenth, and few units stray by chance as the root of their number.
  const deviation = Math.max(1.4826 * distance * drawnOn, 0.1 * expected, Math.sqrt(expected), 1);
  const off = Number(quantity) - expected;
  const volume = Math.max(Number(quantity), expected);
  const score = Math.abs(off) / deviation;
  if (volume < Number(minimum) || score <= alarm || Math.abs(off) < expected / 2) return null;
  // The line alone would at times see a trend in what is chance.
  const lately = median(values.slice(-fewest));
  if (Math.abs(Number(quantity) - lately) < lately / 2) return null;
  return { kind: off > 0 ? 'spike' : 'drop', expected: BigInt(Math.round(expected)), score: Math.round(score * 10) / 10 };
}
