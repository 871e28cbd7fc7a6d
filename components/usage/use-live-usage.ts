'use client';

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
  const feature = firstSeries?.feature.key;
  const usedOf = ({ items }: UsageSummaryDto) => items.find((item) => item.feature.key === feature)?.used;
  // At the end of the period the answer is of the next one, which is another page.
  const isNext = ({ period }: UsageSummaryDto) => period.start !== first.period.start;

  const { data, isError } = useLive({
    key: ['usage', first.period.start, feature, days.from, days.to],
    first: { summary: first, series: firstSeries },
    read: async (signal, before) => {
      const summary = await readSummary(signal);
      const wasUsed = feature !== undefined && !isNext(summary) && usedOf(summary) !== usedOf(before.summary);
      return { summary, series: wasUsed ? ((await readSeries(feature, days, signal)) ?? before.series) : before.series };
    },
    enabled: first.running,
  });
  const isOver = isNext(data.summary);
  return { summary: isOver ? first : data.summary, series: data.series, stale: isError, isOver };
}
