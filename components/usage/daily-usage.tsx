'use client';

import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { FilterTabs } from '@/components/ui/navigation';
import { Card, Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { CalendarDate, Quantity } from '@/components/ui/values';
import { formatQuantity } from '@/lib/i18n/format';
import type { UsageSeriesDto } from './types';

const DailyChart = dynamic(() => import('./daily-chart').then((module) => module.DailyChart), {
  ssr: false,
  loading: () => <Skeleton className="h-60 w-full" />,
});

export interface DailyUsageProps {
  series: UsageSeriesDto;
  /** The limit of the whole period, or null. */
  limit: string | null;
  features: readonly UsageSeriesDto['feature'][];
  /** Start of the period in the address; null for the running one. */
  period: string | null;
}

/** Usage day by day as bars, with the even pace that would use up the limit, and the same as a table. */
export function DailyUsage({ series, limit, features, period }: DailyUsageProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const { points, feature } = series;
  const pace = limit === null || points.length === 0 ? null : BigInt(limit) / BigInt(points.length);
  const unit = feature.unit[locale];
  const tabs = features.map((one) => ({
    href: `?${new URLSearchParams({ ...(period && { period }), chart: one.key })}`,
    label: one.name[locale],
    current: one.key === feature.key,
  }));
  return (
    <Section
      title={text('dailyTitle')}
      description={pace === null ? text('dailyDescription') : text('paceDescription', { quantity: formatQuantity(pace.toString(), locale), unit })}
    >
      <FilterTabs label={text('chooseFeature')} tabs={tabs} />
      <Card>
        <DailyChart points={points} pace={pace?.toString() ?? null} unit={unit} />
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
    </Section>
  );
}
