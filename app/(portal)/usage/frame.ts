import { getLocale } from 'next-intl/server';
import type { Days, UsageSummaryDto } from '@/components/usage/types';
import { requireSession } from '@/lib/auth/session';
import type { Permission } from '@/lib/auth/permissions';
import type { Feature } from '@/lib/billing/catalog/catalog';
import { calendarDay } from '@/lib/billing/time/period';
import { summarizeUsage } from '@/lib/billing/usage/summarize-usage';
import type { UsageSummary } from '@/lib/billing/usage/usage';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { toPlain } from '@/lib/http/plain';
import type { Language } from '@/lib/i18n/languages';
import { wantedOf, type View, type Wanted } from './search';

/** What every view of the page stands on. */
export interface UsageFrame {
  context: Context;
  permissions: readonly Permission[];
  locale: Language;
  wanted: Wanted;
  view: View;
  summary: UsageSummary;
  shown: UsageSummaryDto;
  today: string;
  /** The calendar days of the period. */
  periodDays: Days;
  /** The days asked for, else the period's up to today. */
  days: Days;
  /** The start of the period as the address names it; undefined for the running one. */
  period: string | undefined;
}

/** The period asked for, or the running one where there is no such period. */
async function summaryOf(context: Context, period: Date | undefined): Promise<UsageSummary> {
  try {
    return await summarizeUsage(context, period);
  } catch (error) {
    if (period && error instanceof DomainError && error.code === 'not_found') return summarizeUsage(context);
    throw error;
  }
}

/** The features that usage may be of, to choose from. */
export function usedFeatures(features: readonly Feature[], locale: Language): { value: string; label: string }[] {
  return features.filter(({ kind }) => kind !== 'boolean' && kind !== 'list').map(({ key, name }) => ({ value: key, label: name[locale] }));
}

/** Reads who looks, what they ask for and the period that it is about. */
export async function readFrame(search: Record<string, string | string[] | undefined>): Promise<UsageFrame> {
  const { context, permissions } = await requireSession();
  const wanted = wantedOf(search);
  const [locale, summary] = await Promise.all([getLocale(), summaryOf(context, wanted.period)]);
  const lastMoment = new Date(summary.period.end.getTime() - 1);
  const periodDays: Days = { from: calendarDay(summary.period.start, summary.timeZone), to: calendarDay(lastMoment, summary.timeZone) };
  const today = calendarDay(context.clock.now(), summary.timeZone);
  const from = wanted.from ?? periodDays.from;
  const to = wanted.to ?? (summary.running && today > from ? today : periodDays.to);
  return {
    context, permissions, locale, wanted, summary, periodDays, today,
    view: wanted.view ?? 'overview',
    shown: toPlain(summary),
    days: from <= to ? { from, to } : periodDays,
    period: summary.running ? undefined : summary.period.start.toISOString(),
  };
}
