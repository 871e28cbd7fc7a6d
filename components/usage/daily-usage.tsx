'use client';

import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterTabs } from '@/components/ui/navigation';
import { Card, Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { CalendarDate, Quantity } from '@/components/ui/values';
import { WhenSeen } from '@/components/ui/when-seen';
import { formatQuantity } from '@/lib/i18n/format';
import type { ForecastDto, UsageSeriesDto } from './types';

const ChartSkeleton = () => <Skeleton className="h-60 w-full" />;

const DailyChart = dynamic(() => import('./daily-chart').then((module) => module.DailyChart), {
  ssr: false,
  loading: ChartSkeleton,
});

const TotalChart = dynamic(() => import('./total-chart').then((module) => module.TotalChart), {
  ssr: false,
  loading: ChartSkeleton,
});

export const chartShapes = ['day', 'total'] as const;
export type ChartShape = (typeof chartShapes)[number];

export interface DailyUsageProps {
  series: UsageSeriesDto;
  /** The limit of the whole period, or null. */
  limit: string | null;
  features: readonly UsageSeriesDto['feature'][];
  /** Bars for days, or the running total. */
  shape: ChartShape;
  /** Where the running period is expected to end; null for one that is over. */
  forecast: ForecastDto | null;
  /** Null for a period that is over. */
  today: string | null;
  /** Start of the period in the address; null for the running one. */
  period: string | null;
}

/** Usage day by day, as bars with the even pace that would use up the limit or as a running total with the forecast, and as a table. */
export function DailyUsage({ series, limit, features, shape, forecast, today, period }: DailyUsageProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const { points, feature } = series;
  const pace = limit === null || points.length === 0 ? null : BigInt(limit) / BigInt(points.length);
  const unit = feature.unit[locale];
  const hrefOf = (chart: string, shown: ChartShape) => `?${new URLSearchParams({ ...(period && { period }), chart, ...(shown === 'total' && { shape: shown }) })}`;
  const tabs = features.map((one) => ({
    href: hrefOf(one.key, shape),
    label: one.name[locale],
    current: one.key === feature.key,
  }));
  const shapes = chartShapes.map((one) => ({ href: hrefOf(feature.key, one), label: text(one === 'day' ? 'perDay' : 'inTotal'), current: one === shape }));
  const quantity = (value: string) => formatQuantity(value, locale);
  const isUnused = points.every((point) => point.quantity === '0');
  const description =
    shape === 'total'
      ? text('totalDescription')
      : pace === null
        ? text('dailyDescription')
        : text('paceDescription', { quantity: quantity(pace.toString()), unit });
  return (
    <Section title={text(shape === 'total' ? 'totalTitle' : 'dailyTitle')} description={description}>
      <div className="flex flex-wrap justify-between gap-2">
        <FilterTabs label={text('chooseFeature')} tabs={tabs} />
        <FilterTabs label={text('chartShape')} tabs={shapes} />
      </div>
      {isUnused ? (
        <Card padding="none">
          <EmptyState title={text('nothingUsed')} description={text('nothingUsedText')} />
        </Card>
      ) : (
        <Card>
          <WhenSeen placeholder={<ChartSkeleton />}>
            {shape === 'total' ? (
              <TotalChart points={points} today={today} limit={limit} forecast={forecast} unit={unit} />
            ) : (
              <DailyChart points={points} pace={pace?.toString() ?? null} unit={unit} />
            )}
          </WhenSeen>
          {forecast && forecast.method !== 'none' && (
            <p className="mt-3 text-sm text-ink-muted" data-testid="forecast" suppressHydrationWarning>
              {text('forecastLine', { quantity: quantity(forecast.expected), unit, low: quantity(forecast.low), high: quantity(forecast.high) })}
              {forecast.overage !== null && forecast.overage !== '0' && (
                <span className="font-medium text-warning-ink"> {text('forecastOver', { quantity: quantity(forecast.overage) })}</span>
              )}
            </p>
          )}
          <details className="mt-3 text-sm">
            <summary className="w-fit text-ink-muted hover:text-ink">{text('showTable')}</summary>
            <div className="mt-3 max-h-80 overflow-y-auto">
              <Table label={text('dailyTable', { feature: feature.name[locale] })}>
                <TableHeader>
                  <ColumnHeader>{text('day')}</ColumnHeader>
                  <ColumnHeader align="end">{text('quantity')}</ColumnHeader>
                  <ColumnHeader align="end">{text('events')}</ColumnHeader>
                </TableHeader>
                <TableBody>
                  {points.map((point) => (
                    <Row key={point.at}>
                      <Cell>
                        <CalendarDate value={point.at} />
                      </Cell>
                      <Cell align="end">
                        <Quantity value={point.quantity} />
                      </Cell>
                      <Cell align="end" muted>
                        <Quantity value={point.events} />
                      </Cell>
                    </Row>
                  ))}
                </TableBody>
              </Table>
            </div>
          </details>
        </Card>
      )}
    </Section>
  );
}
