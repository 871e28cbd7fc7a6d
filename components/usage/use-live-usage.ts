'use client';

import { useQuery } from '@tanstack/react-query';
import { useLive } from '@/components/ui/use-live';
import { readSeries, readSummary } from './read-usage';
import type { Days, UsageSeriesDto, UsageSummaryDto } from './types';

interface FirstUsage {
  summary: UsageSummaryDto;
  /** The days of the feature that is charted; null: none is. */
  series: UsageSeriesDto | null;
  days: Days;
}

interface LiveUsage {
  summary: UsageSummaryDto;
  series: UsageSeriesDto | null;
  /** The figures could not be read again. */
  stale: boolean;
  /** The period of the page is over, and its figures stand as they were. */
  isOver: boolean;
}

/** The usage of the running period as it moves, without reading the page again: the chart only when its feature was used meanwhile. */
export function useLiveUsage({ summary: first, series: firstSeries, days }: FirstUsage): LiveUsage {
  const { data, isError } = useLive({ key: ['usage', first.period.start], first, read: readSummary, enabled: first.running });
  // At the end of the period the answer is of the next one, which is another page.
  const isOver = data.period.start !== first.period.start;
  const summary = isOver ? first : data;

  const feature = firstSeries?.feature.key;
  const usedOf = ({ items }: UsageSummaryDto) => items.find((item) => item.feature.key === feature)?.used;
  const used = usedOf(summary);
  const series = useQuery({
    queryKey: ['usage-series', first.period.start, feature, used],
    queryFn: async ({ signal }) => (feature === undefined ? null : ((await readSeries(feature, days, signal)) ?? null)),
    enabled: first.running && used !== usedOf(first),
    placeholderData: (before) => before ?? firstSeries,
  });
  return { summary, series: series.data ?? firstSeries, stale: isError, isOver };
}
