'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatQuantity } from '@/lib/i18n/format';
import { ChartFrame, type ChartScale } from './chart-frame';
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

type Place = [index: number, amount: number];

const linePath = ({ x, y }: ChartScale, places: readonly Place[]): string => places.map(([index, amount], step) => `${step === 0 ? 'M' : 'L'}${x(index)},${y(amount)}`).join('');

/** The days that have what `amount` reads, with their places. */
function placesOf(data: readonly TotalPoint[], amount: (point: TotalPoint) => number | null): Place[] {
  return data.flatMap((point, index): Place[] => {
    const read = amount(point);
    return read === null ? [] : [[index, read]];
  });
}

function Marks({ data, scale }: { data: readonly TotalPoint[]; scale: ChartScale }) {
  const low = placesOf(data, ({ range }) => range?.[0] ?? null);
  const high = placesOf(data, ({ range }) => range?.[1] ?? null);
  const line = { fill: 'none', stroke: 'var(--color-chart-1)', strokeWidth: 2, strokeLinejoin: 'round' } as const;
  return (
    <>
      {low.length > 1 && <path d={`${linePath(scale, low)}${linePath(scale, high.toReversed()).replace('M', 'L')}Z`} fill="var(--color-chart-1)" fillOpacity={0.14} />}
      <path d={linePath(scale, placesOf(data, ({ height }) => height))} {...line} />
      <path d={linePath(scale, placesOf(data, ({ expected }) => expected))} {...line} strokeDasharray="3 4" />
    </>
  );
}

/** The running total of the period, the limit, and where the total is expected to end. */
export function TotalChart({ points, today, limit, forecast, unit }: TotalChartProps) {
  const locale = useLocale();
  const text = useTranslations('usage');
  const data = totalPoints(points, today, forecast);
  const highest = Math.max(0, ...data.flatMap(({ height, range }) => [height ?? 0, range?.[1] ?? 0]));
  // A limit far above would press the line flat: it is told in words then, not drawn.
  const drawnLimit = limit !== null && Number(limit) <= highest * 4 && Number(limit) > 0 ? Number(limit) : null;
  const write = (value: number | string) => `${formatQuantity(typeof value === 'string' ? value : String(Math.round(value)), locale)} ${unit}`;

  function tell(index: number) {
    const point = data[index];
    if (!point) return null;
    if (point.total !== null) return <div className="tabular font-medium">{write(point.total)}</div>;
    if (point.expected === null) return null;
    return (
      <div className="tabular">
        {text('expected')} <span className="font-medium">{write(point.expected)}</span>
      </div>
    );
  }

  return (
    <ChartFrame days={points.map(({ at }) => at)} highest={Math.max(highest, drawnLimit ?? 0)} mark="line" tell={tell}>
      {(scale) => (
        <>
          <Marks data={data} scale={scale} />
          {drawnLimit !== null && (
            <>
              <line x1={scale.left} x2={scale.right} y1={scale.y(drawnLimit)} y2={scale.y(drawnLimit)} stroke="var(--color-negative)" strokeDasharray="4 4" />
              <text x={scale.left + 6} y={scale.y(drawnLimit) + 14} fill="var(--color-negative-ink)">
                {text('limit')}
              </text>
            </>
          )}
        </>
      )}
    </ChartFrame>
  );
}
