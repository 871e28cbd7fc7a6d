import type { Alert, Thresholds } from '@/lib/billing/alerts/alert';
import type { AlertSettings } from '@/lib/billing/alerts/alert-settings';
import type { ActionResult } from '@/lib/http/action';
import type { Plain } from '@/lib/http/plain';

export type AlertDto = Plain<Alert>;

/** Marks one alert, or all of them, as read. */
export type MarkRead = (input: { id?: string }) => Promise<ActionResult<Plain<void>>>;
/** Marks an alert as not read. */
export type MarkUnread = (input: { id: string }) => Promise<ActionResult<Plain<void>>>;

/** Null: never. */
export interface ThresholdsInput {
  everyFeature: number[] | null;
  features?: { feature: string; percents: number[] | null }[];
}

export type SaveThresholds = (input: ThresholdsInput) => Promise<ActionResult<Thresholds>>;
export type SaveSettings = (input: Omit<AlertSettings, 'spendPercents'> & { spendPercents: number[] | null }) => Promise<ActionResult<AlertSettings>>;

/** A feature to choose, in the reader's language. */
export interface FeatureChoice {
  key: string;
  label: string;
}
