'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Section } from '@/components/ui/section';
import { DailyUsage, type ChartShape } from './daily-usage';
import { FeatureMeters } from './feature-meters';
import { readSeries, readSummary } from './read-usage';
import type { Days, ForecastDto, UsageSeriesDto, UsageSummaryDto } from './types';

const interval = 5_000;

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

/**
 * Meters and chart of one period. While the period runs and the tab is visible they are read again every five seconds;
 * the chart only when its feature was used meanwhile.
 */
export function LiveUsage({ summary: first, series: firstSeries, days, shape, forecasts, today }: LiveUsageProps) {
  const text = useTranslations('usage');
  const summaryQuery = useQuery({
    queryKey: ['usage', first.period.start],
    queryFn: ({ signal }) => readSummary(signal),
    initialData: first,
    enabled: first.running,
    refetchInterval: interval,
  });
  // At the end of the period the answer is of the next one, which is another page.
  const summary = summaryQuery.data.period.start === first.period.start ? summaryQuery.data : first;

  const feature = firstSeries.feature.key;
  const usedOf = (one: UsageSummaryDto) => one.items.find((item) => item.feature.key === feature)?.used;
  const used = usedOf(summary);
  const shown = summary.items.find((item) => item.feature.key === feature);
  const seriesQuery = useQuery({
    queryKey: ['usage-series', first.period.start, feature, used],
    queryFn: ({ signal }) => readSeries(feature, days, signal),
    enabled: first.running && used !== usedOf(first),
    placeholderData: (before) => before ?? firstSeries,
  });

  return (
    <>
      <Section title={text('limitsTitle')} description={first.running ? text('liveNote') : undefined}>
        <FeatureMeters items={summary.items} resetsAt={first.running ? first.period.end : null} stale={summaryQuery.isError} />
      </Section>
      <DailyUsage
        series={seriesQuery.data ?? firstSeries}
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
