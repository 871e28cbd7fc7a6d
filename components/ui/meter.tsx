import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatQuantity } from '@/lib/i18n/format';
import { usageLevel } from './usage-level';

const fills = { normal: 'bg-accent', near: 'bg-warning', reached: 'bg-negative', over: 'bg-negative' };
const notes = { normal: 'text-ink-muted', near: 'text-warning-ink', reached: 'text-negative-ink', over: 'text-negative-ink' };
const noteKeys = { near: 'nearLimit', reached: 'atLimit', over: 'overLimit' } as const;

export interface MeterProps {
  label: ReactNode;
  /** The same as plain text, for screen readers. */
  name: string;
  /** Whole units as a decimal string. */
  used: string;
  /** Units set aside and not used yet, likewise: a paler part of the bar. */
  held?: string;
  /** The limit likewise; null means there is none. */
  limit: string | null;
  /** A translated unit word. */
  unit?: string;
  /** A line under the bar: when it resets, what happens past the limit. */
  hint?: ReactNode;
}

/** Usage against a limit: a bar that says in words, too, when the limit is near, reached or passed. */
export function Meter({ label, name, used, held = '0', limit, unit, hint }: MeterProps) {
  const text = useTranslations('common');
  const locale = useLocale();
  const withUnit = (quantity: string) => formatQuantity(quantity, locale) + (unit ? ` ${unit}` : '');
  const { level, percent } = usageLevel(used, limit);
  const shownPercent = Math.min(percent, 100);
  const heldPercent = Math.min(usageLevel(held, limit).percent, 100 - shownPercent);
  const summary = limit === null ? text('usedUnlimited', { used: withUnit(used) }) : text('usedOf', { used: formatQuantity(used, locale), limit: withUnit(limit) });
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-sm font-medium">{label}</span>
        <span className="tabular text-sm text-ink-muted" suppressHydrationWarning>
          {summary}
        </span>
      </div>
      {limit !== null && (
        <div
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={shownPercent}
          aria-valuetext={summary}
          className="flex h-1.5 overflow-hidden rounded-full bg-neutral-soft"
        >
          <div className={clsx('h-full rounded-full forced-color-adjust-none', fills[level])} style={{ width: `${shownPercent}%`, minWidth: percent > 0 ? '0.375rem' : 0 }} />
          {heldPercent > 0 && <div className="h-full bg-accent/40 forced-color-adjust-none" style={{ width: `${heldPercent}%`, minWidth: '0.25rem' }} />}
        </div>
      )}
      {(level !== 'normal' || hint) && (
        <div className="flex flex-wrap justify-between gap-x-4 text-xs">
          {hint && <span className="text-ink-muted">{hint}</span>}
          {level !== 'normal' && <span className={clsx('font-medium', notes[level])}>{text(noteKeys[level])}</span>}
        </div>
      )}
    </div>
  );
}
