import { useLocale, useTranslations } from 'next-intl';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Cost, Quantity } from '@/components/ui/values';
import { formatQuantity, formatShare } from '@/lib/i18n/format';
import type { TallyDto } from './types';

/** What all of it together cost and how it went. */
export function BreakdownFigures({ total }: { total: TallyDto }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  return (
    <FigureRow>
      <StatFigure label={text('figureEvents')} value={<Quantity value={total.events} />} />
      <StatFigure label={text('figureCost')} value={<Cost amount={total.cost.amount} currency={total.cost.currency} />} />
      <StatFigure
        label={text('figureSuccess')}
        value={total.successRate === null ? '—' : formatShare(total.successRate, locale)}
        hint={total.successRate !== null && text('failedEvents', { count: formatQuantity(total.failed, locale) })}
      />
      <StatFigure
        label={text('figureLatency')}
        value={total.latency ? text('milliseconds', { value: total.latency.p95 }) : '—'}
        hint={total.latency && text('slowest', { value: total.latency.p99 })}
      />
    </FigureRow>
  );
}
