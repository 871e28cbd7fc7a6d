import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatShare } from '@/lib/i18n/format';

/** Figures side by side, parted by hairlines. */
export function FigureRow({ children }: { children: ReactNode }) {
  return (
    <dl className="flex flex-wrap gap-px overflow-clip rounded-lg border border-line bg-line *:grow *:basis-36 sm:*:basis-44">{children}</dl>
  );
}

export interface StatFigureProps {
  label: ReactNode;
  value: ReactNode;
  hint?: ReactNode;
  /** Change against the period before as a share of one (0.12 is 12 % more), and whether more is good news. */
  trend?: { change: number; moreIs: 'good' | 'bad' | 'neutral' };
}

/** One number with its name. Inside `FigureRow`. */
export function StatFigure({ label, value, hint, trend }: StatFigureProps) {
  return (
    <div className="flex max-w-full flex-col gap-0.5 bg-canvas px-4 py-3">
      <dt className="text-sm text-ink-muted">{label}</dt>
      <dd className="tabular text-xl font-semibold">{value}</dd>
      {(hint || trend) && (
        <dd className="flex flex-wrap items-baseline gap-x-2 text-xs text-pretty text-ink-muted">
          {trend && <Trend {...trend} />}
          {hint}
        </dd>
      )}
    </div>
  );
}

function Trend({ change, moreIs }: NonNullable<StatFigureProps['trend']>) {
  const text = useTranslations('common');
  const locale = useLocale();
  const share = formatShare(Math.abs(change), locale);
  const good = change === 0 || moreIs === 'neutral' ? null : change > 0 === (moreIs === 'good');
  return (
    <span className={clsx('tabular font-medium', good === true && 'text-positive-ink', good === false && 'text-negative-ink')}>
      <span aria-hidden="true">{change === 0 ? '±0%' : `${change > 0 ? '↑' : '↓'} ${share}`}</span>
      <span className="sr-only">{change === 0 ? text('unchanged') : text(change > 0 ? 'increase' : 'decrease', { change: share })}</span>
    </span>
  );
}
