import { readAnswer } from '@/components/ui/read-answer';
import type { Days, UsageSeriesDto, UsageSummaryDto } from './types';

export function readSummary(signal: AbortSignal): Promise<UsageSummaryDto> {
  return readAnswer<UsageSummaryDto>('/api/portal/usage', signal);
}

/** Usage of one feature by day. */
export async function readSeries(feature: string, { from, to }: Days, signal: AbortSignal): Promise<UsageSeriesDto | undefined> {
  const search = new URLSearchParams({ feature, from, to });
  const { items } = await readAnswer<{ items: UsageSeriesDto[] }>(`/api/v1/billing/usage/series?${search}`, signal);
  return items[0];
}
