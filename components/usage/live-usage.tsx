'use client';

import { useTranslations } from 'next-intl';
import { Section } from '@/components/ui/section';
import { DailyUsage, type ChartShape } from './daily-usage';
import { FeatureMeters } from './feature-meters';
import type { Days, ForecastDto, UsageSeriesDto, UsageSummaryDto } from './types';
import { useLiveUsage } from './use-live-usage';

export interface LiveUsageProps {
  summary: UsageSummaryDto;
  /** The series of the feature that the chart shows, and the days it covers. */
  series: UsageSeriesDto;
  days: Days;
  shape: ChartShape;
  forecasts: readonly ForecastDto[];
  /** Today on the account's clocks. */
  today: string;
}

/** Meters and chart of one period; while it runs they move with it. */
export function LiveUsage({ summary: first, series: firstSeries, days, shape, forecasts, today }: LiveUsageProps) {
  const text = useTranslations('usage');
  const { summary, series, stale } = useLiveUsage({ summary: first, series: firstSeries, days });
  const feature = firstSeries.feature.key;
  const shown = summary.items.find((item) => item.feature.key === feature);

  return (
    <>
      <Section title={text('limitsTitle')} description={first.running ? text('liveNote') : undefined}>
        <FeatureMeters items={summary.items} resetsAt={first.running ? first.period.end : null} stale={stale} />
      </Section>
      <DailyUsage
        series={series ?? firstSeries}
        limit={shown?.reset === 'period' ? shown.limit : null}
        shape={shape}
        forecast={forecasts.find((one) => one.feature.key === feature) ?? null}
        today={first.running ? today : null}
        features={summary.items.map((item) => item.feature)}
        period={first.running ? null : first.period.start}
      />
    </>
  );
}
