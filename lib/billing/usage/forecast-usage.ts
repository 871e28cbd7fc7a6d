import { dayOfWeek } from '../time/period';

/** Units used on one calendar day. */
export interface DayUse {
  day: string;
  quantity: bigint;
}

/** What is known of one feature in a period that has not ended. */
export interface ForecastQuestion {
  /** Units used in the period so far. */
  used: bigint;
  /** Whole days that are over, oldest first, each one from the first day with use: eight weeks at most. */
  history: readonly DayUse[];
  /** Today's units, and the share of the day that is over (0 to 1). */
  today: { quantity: bigint; elapsed: number };
  /** What is left of the period: today and the days to come, each with the share of it that still counts (0 to 1). */
  left: readonly { day: string; share: number }[];
}

/** How much of a feature a period will have used at its end. */
export interface Forecast {
  used: bigint;
  expected: bigint;
  /** Four times of five the use will lie between `low` and `high`. */
  low: bigint;
  high: bigint;
  /** By the weeks before, by the average of the few days known, or nothing to go by. */
  method: 'weekly' | 'run_rate' | 'none';
}

/** Days that say how much is used at present, days that a weekly rhythm can be told from, deviations that four of five lie in. */
const levelDays = 14;
const rhythmDays = 14;
const fourOfFive = 1.2816;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** How busy each day of the week is: 1 is an ordinary day. Whole weeks count, so that each day of the week counts as often. */
function rhythmOf(history: readonly DayUse[]): number[] {
  const weeks = history.slice(history.length % 7);
  const mean = sum(weeks.map(({ quantity }) => Number(quantity))) / weeks.length;
  if (mean === 0) return Array.from({ length: 7 }, () => 1);
  return Array.from({ length: 7 }, (_, weekday) => {
    const same = weeks.filter(({ day }) => dayOfWeek(day) === weekday);
    return sum(same.map(({ quantity }) => Number(quantity))) / same.length / mean;
  });
}

/**
 * The use of a whole period by what was used before. From two weeks of history on: the level of the last two weeks times how
 * busy each day of the week was over the last eight. With less: the average of the days known, today's share among them. The
 * range comes from how far the days of the last four weeks lay off that rule. An estimate: it is reckoned in floats, and pure.
 */
export function forecastUse({ used, history, today, left }: ForecastQuestion): Forecast {
  const weekly = history.length >= rhythmDays;
  const rhythm = weekly ? rhythmOf(history.slice(-56)) : Array.from({ length: 7 }, () => 1);
  const busyness = (day: string): number => rhythm[dayOfWeek(day)] ?? 1;

  const recent = history.slice(-levelDays);
  const known = weekly ? recent.map(({ quantity }) => Number(quantity)) : [...recent.map(({ quantity }) => Number(quantity)), Number(today.quantity)];
  const weight = weekly ? sum(recent.map(({ day }) => busyness(day))) : recent.length + today.elapsed;
  if (weight === 0) return { used, expected: used, low: used, high: used, method: 'none' };
  const level = sum(known) / weight;

  const daysLeft = sum(left.map(({ day, share }) => busyness(day) * share));
  const spread = spreadOf(history.slice(-28), level, busyness);
  // Each day to come errs for itself, and the level errs for all of them alike.
  const deviation = spread * Math.sqrt(daysLeft + daysLeft ** 2 / Math.max(1, known.length));
  const more = level * daysLeft;
  const at = (units: number): bigint => used + BigInt(Math.round(Math.max(0, units)));
  return {
    used,
    expected: at(more),
    low: at(more - fourOfFive * deviation),
    high: at(more + fourOfFive * deviation),
    method: weekly ? 'weekly' : 'run_rate',
  };
}

/** How far a day lies off the rule as a rule, in units. Few days know little: then it is half the level at least. */
function spreadOf(days: readonly DayUse[], level: number, busyness: (day: string) => number): number {
  const squares = sum(days.map(({ day, quantity }) => (Number(quantity) - level * busyness(day)) ** 2));
  const deviation = Math.sqrt(squares / Math.max(1, days.length));
  return days.length < 7 ? Math.max(deviation, level / 2) : deviation;
}
