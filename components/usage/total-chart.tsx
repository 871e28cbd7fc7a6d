'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import { totalPoints, type Outlook, type TotalPoint } from './total-points';
import type { UsageSeriesDto } from './types';

export interface TotalChartProps {
  points: UsageSeriesDto['points'];
  /** Null for a period that is over. */
  today: string | null;
  limit: string | null;
  forecast: Outlook | null;
  unit: string;
}

/** The running total of the period, the limit, and where the total is expected to end. Drawn for the eye only. */
export function TotalChart({ points, today, limit, forecast, unit }: TotalChartProps) {
  const locale = useLocale();
  const text = useTranslations('usage');
  const data = totalPoints(points, today, forecast);
  const highest = Math.max(0, ...data.flatMap(({ height, range }) => [height ?? 0, range?.[1] ?? 0]));
  // A limit far above would press the line flat: it is told in words then, not drawn.
  const drawnLimit = limit !== null && Number(limit) <= highest * 4 && Number(limit) > 0 ? Number(limit) : null;
  const tick = { fill: 'var(--color-ink-faint)', fontSize: 11 };
  const write = (value: number | string) => `${formatQuantity(typeof value === 'string' ? value : String(Math.round(value)), locale)} ${unit}`;
  return (
    <div aria-hidden="true" className="h-60 w-full">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart accessibilityLayer={false} data={data} margin={{ top: 20, right: 0, bottom: 0, left: 0 }}>
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
            cursor={{ stroke: 'var(--color-line-strong)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as TotalPoint | undefined;
              if (!active || !point) return null;
              return (
                <div className="rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-float">
                  <div className="text-ink-muted">{formatCalendarDate(point.day, locale)}</div>
                  {point.total !== null ? (
                    <div className="tabular font-medium">{write(point.total)}</div>
                  ) : (
                    point.expected !== null && (
                      <div className="tabular">
                        {text('expected')} <span className="font-medium">{write(point.expected)}</span>
                      </div>
                    )
                  )}
                </div>
              );
            }}
          />
          <Area dataKey="range" stroke="none" fill="var(--color-chart-1)" fillOpacity={0.14} isAnimationActive={false} activeDot={false} />
          <Line dataKey="height" stroke="var(--color-chart-1)" strokeWidth={2} dot={false} isAnimationActive={false} />
          <Line dataKey="expected" stroke="var(--color-chart-1)" strokeWidth={2} strokeDasharray="3 4" dot={false} isAnimationActive={false} />
          {drawnLimit !== null && (
            <ReferenceLine
              y={drawnLimit}
              ifOverflow="extendDomain"
              stroke="var(--color-negative)"
              strokeDasharray="4 4"
              label={{ value: text('limit'), position: 'insideBottomLeft', fill: 'var(--color-negative-ink)', fontSize: 11 }}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
