import type { Violation } from '@/lib/billing/alerts/alert';
import type { SpendStanding } from '@/lib/billing/quota/adjustments/spend-cap';
import type { UsageBreakdown } from '@/lib/billing/usage/breakdown/usage-breakdown';
import type { FeatureForecast } from '@/lib/billing/usage/usage-forecast';
import type { UnusualUsage } from '@/lib/billing/usage/find-unusual-usage';
import type { UsageEvent, UsageSeries, UsageSummary } from '@/lib/billing/usage/usage';
import type { ActionResult } from '@/lib/http/action';
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

export type FeatureDto = UsageSeriesDto['feature'];
export type ViolationDto = Plain<Violation>;

export type SpendDto = Plain<SpendStanding>;
export type SaveSpendCap = (input: { amountMinor: string }) => Promise<ActionResult<SpendDto>>;
export type RemoveSpendCap = (input: Record<string, never>) => Promise<ActionResult<SpendDto>>;

export type BreakdownDto = Plain<UsageBreakdown>;
export type TallyDto = BreakdownDto['total'];
export type ForecastDto = Plain<FeatureForecast>;
export type UnusualDto = Plain<UnusualUsage>;
