import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { CalendarDate } from '@/components/ui/values';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import type { UsageSeriesDto } from '../usage/types';

/** A feature's use by day as small bars; read aloud as one sentence, since the page of usage has the whole table. */
export function DayBars({ series, today }: { series: UsageSeriesDto; today: string }) {
  const text = useTranslations('overview');
  const locale = useLocale();
  const { feature, points, total } = series;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const unit = feature.unit[locale];
  const quantity = (value: string) => `${formatQuantity(value, locale)} ${unit}`;
  const highest = points.reduce((most, point) => (BigInt(point.quantity) > BigInt(most.quantity) ? point : most));
  const top = Number(highest.quantity);
  const summary =
    total === '0'
      ? text('barsNone', { feature: feature.name[locale] })
      : text('bars', { feature: feature.name[locale], total: quantity(total), most: quantity(highest.quantity), day: formatCalendarDate(highest.at, locale, 'day') });
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="text-sm font-medium">{text('byDay', { feature: feature.name[locale] })}</figcaption>
      <div role="img" aria-label={summary} className="flex h-40 items-end gap-px border-b border-line-strong" data-testid="day-bars">
        {points.map(({ at, quantity: value }) => (
          <div key={at} title={`${formatCalendarDate(at, locale, 'day')} · ${quantity(value)}`} className="flex h-full min-w-0 flex-1 items-end" suppressHydrationWarning>
            <div
              className={clsx('w-full rounded-t-[1px] forced-color-adjust-none', at > today ? 'bg-neutral-soft' : 'bg-chart-1')}
              style={{ height: at > today || value === '0' || top === 0 ? '2px' : `${Math.max(3, (Number(value) / top) * 100)}%` }}
            />
          </div>
        ))}
      </div>
      <div aria-hidden="true" className="flex justify-between text-xs text-ink-muted">
        <CalendarDate value={first.at} format="day" />
        <CalendarDate value={last.at} format="day" />
      </div>
    </figure>
  );
}
