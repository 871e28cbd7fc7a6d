'use client';

import { useLocale } from 'next-intl';
import { formatQuantity } from '@/lib/i18n/format';
import { ChartFrame, type ChartScale } from './chart-frame';
import type { UsageSeriesDto } from './types';

export interface DailyChartProps {
  points: UsageSeriesDto['points'];
  /** Units a day that would use up the limit evenly; null: no limit. */
  pace: string | null;
  unit: string;
}

const widest = 28;
const corner = 2;

/** A column that stands on the axis, its upper corners rounded. */
function columnPath({ x, y, bottom, dayWidth }: ChartScale, index: number, quantity: number): string {
  const width = Math.min(widest, dayWidth * 0.8);
  const [left, top] = [x(index) - width / 2, y(quantity)];
  const round = Math.min(corner, bottom - top, width / 2);
  return `M${left},${bottom}V${top + round}q0,${-round} ${round},${-round}h${width - 2 * round}q${round},0 ${round},${round}V${bottom}Z`;
}

/** Columns for days. */
export function DailyChart({ points, pace, unit }: DailyChartProps) {
  const locale = useLocale();
  const quantities = points.map(({ quantity }) => Number(quantity));
  const highest = Math.max(0, ...quantities);
  // A pace far above all columns would press them flat: it is told in words then, not drawn.
  const drawnPace = pace !== null && Number(pace) <= highest * 3 && Number(pace) > 0 ? Number(pace) : null;
  return (
    <ChartFrame
      days={points.map(({ at }) => at)}
      highest={Math.max(highest, drawnPace ?? 0)}
      mark="column"
      tell={(index) => (
        <div className="tabular font-medium">
          {formatQuantity(points[index]?.quantity ?? '0', locale)} {unit}
        </div>
      )}
    >
      {(scale) => (
        <>
          {quantities.map((quantity, index) => (quantity > 0 ? <path key={points[index]?.at} d={columnPath(scale, index, quantity)} fill="var(--color-chart-1)" /> : null))}
          {drawnPace !== null && <line x1={scale.left} x2={scale.right} y1={scale.y(drawnPace)} y2={scale.y(drawnPace)} stroke="var(--color-chart-3)" strokeDasharray="4 4" />}
        </>
      )}
    </ChartFrame>
  );
}
