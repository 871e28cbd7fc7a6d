import { monthAfter, monthOf } from '@/lib/billing/cost-centres/months';
import { monthInput } from '@/lib/billing/cost-centres/schema';
import { formatCalendarDate } from '@/lib/i18n/format';

const offered = 12;

/** The month that the address asks for, unless it lies ahead or is none: then the running one; and those to choose, newest first. */
export function chosenMonth(asked: string | string[] | undefined, path: string, { now, timeZone, locale }: { now: Date; timeZone: string; locale: string }) {
  const running = monthOf(now, timeZone);
  const parsed = monthInput.safeParse(asked);
  const month = parsed.success && parsed.data <= running ? parsed.data : running;
  const hrefOf = (one: string) => (one === running ? path : `${path}?month=${one}`);
  const recent = Array.from({ length: offered }, (_, index) => monthAfter(running, -index));
  const listed = recent.includes(month) ? recent : [...recent, month];
  return {
    month,
    search: month === running ? '' : `?month=${month}`,
    currentHref: hrefOf(month),
    months: listed.map((one) => ({ href: hrefOf(one), label: formatCalendarDate(`${one}-01`, locale, 'month') })),
  };
}
