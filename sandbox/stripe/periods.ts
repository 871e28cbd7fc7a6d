export interface Interval {
  interval: 'day' | 'week' | 'month' | 'year';
  interval_count: number;
}

const day = 86_400;

/** The anchor moved by months; a day that the month lacks is its last. */
function addMonths(anchor: number, months: number): number {
  const date = new Date(anchor * 1000);
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds());
  return moved / 1000;
}

function addIntervals(anchor: number, { interval, interval_count }: Interval, times: number): number {
  const count = interval_count * times;
  if (interval === 'day') return anchor + count * day;
  if (interval === 'week') return anchor + count * 7 * day;
  return addMonths(anchor, interval === 'month' ? count : count * 12);
}

/** The end of the period that begins at `start`, in seconds: every period keeps the anchor's day and time. */
export function periodEnd(anchor: number, interval: Interval, start: number): number {
  let times = 1;
  while (addIntervals(anchor, interval, times) <= start) times += 1;
  return addIntervals(anchor, interval, times);
}
