import { Temporal } from 'temporal-polyfill';
import { DomainError } from '@/lib/core/errors';
import { startOfDay, type Period } from '../time/period';

/** From the first calendar day to the last, both included. */
export interface DayRange {
  from: string;
  to: string;
}

/** Every day of the range. Throws `invalid_request` when it ends before it starts or has more than `longest` days. */
export function daysOf({ from, to }: DayRange, longest: number): string[] {
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(to);
  const count = first.until(last).days + 1;
  const refuse = (field: string, message: string) => new DomainError('invalid_request', undefined, { issues: [{ field, message }] });
  if (count < 1) throw refuse('to', 'The range ends before it starts.');
  if (count > longest) throw refuse('to', `Choose at most ${longest} days.`);
  return Array.from({ length: count }, (_, index) => first.add({ days: index }).toString());
}

/** The range in time: from the start of its first day to the start of the day after its last, on the zone's clocks. */
export function rangeInTime({ from, to }: DayRange, timeZone: string): Period {
  const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  return { start: startOfDay(from, timeZone), end: startOfDay(after, timeZone) };
}
