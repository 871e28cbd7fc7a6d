import type { UsageEvent, UsageSeries, UsageSummary } from '@/lib/billing/usage/usage';
import type { Plain } from '@/lib/http/plain';

/** What the page shows, as it reaches the browser: whole numbers as decimal strings, moments as ISO instants. */
export type UsageSummaryDto = Plain<UsageSummary>;
export type FeatureUsageDto = UsageSummaryDto['items'][number];
export type GrantDto = UsageSummaryDto['grants'][number];
export type UsageSeriesDto = Plain<UsageSeries>;
export type UsageEventDto = Plain<UsageEvent>;

/** The calendar days of a period, both included: `2026-11-01`. */
export interface Days {
  from: string;
  to: string;
}
