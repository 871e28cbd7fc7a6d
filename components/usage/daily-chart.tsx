'use client';

import { useLocale } from 'next-intl';
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import type { UsageSeriesDto } from './types';

export interface DailyChartProps {
  points: UsageSeriesDto['points'];
  /** Units a day that would use up the limit evenly; null: no limit. */
  pace: string | null;
  unit: string;
}

interface Drawn {
  day: string;
  /** Height of the bar. */
  height: number;
  quantity: string;
}

/** Bars for days. It is drawn for the eye only: the table beside it says the same to everybody. */
export function DailyChart({ points, pace, unit }: DailyChartProps) {
  const locale = useLocale();
  const data: Drawn[] = points.map(({ at, quantity }) => ({ day: at, height: Number(quantity), quantity }));
  const highest = Math.max(0, ...data.map(({ height }) => height));
  // A pace far above all bars would press them flat: it is told in words then, not drawn.
  const drawnPace = pace !== null && Number(pace) <= highest * 3 && Number(pace) > 0 ? Number(pace) : null;
  const tick = { fill: 'var(--color-ink-faint)', fontSize: 11 };
  return (
    <div aria-hidden="true" className="h-60 w-full">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart accessibilityLayer={false} data={data} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} barCategoryGap="20%">
          <CartesianGrid vertical={false} stroke="var(--color-line)" />
          <XAxis
            dataKey="day"
            tickFormatter={(day: string) => formatCalendarDate(day, locale, 'day')}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--color-line-strong)' }}
            minTickGap={28}
          />
          <YAxis
            width={44}
            tickFormatter={(value: number) => formatQuantity(String(value), locale, { compact: true })}
            tick={tick}
            tickLine={false}
            axisLine={false}
            allowDecimals={false}
          />
          <Tooltip
            cursor={{ fill: 'var(--color-hover)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Drawn | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-float">
                  <div className="text-ink-muted">{formatCalendarDate(point.day, locale)}</div>
                  <div className="tabular font-medium">
                    {formatQuantity(point.quantity, locale)} {unit}
                  </div>
                </div>
              );
            }}
          />
          <Bar dataKey="height" fill="var(--color-chart-1)" radius={[2, 2, 0, 0]} isAnimationActive={false} maxBarSize={28} />
          {drawnPace !== null && <ReferenceLine y={drawnPace} ifOverflow="extendDomain" stroke="var(--color-chart-3)" strokeDasharray="4 4" />}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
