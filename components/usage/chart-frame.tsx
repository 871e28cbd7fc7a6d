'use client';

import { useLocale } from 'next-intl';
import { useEffect, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import { labelEvery, roundSteps } from './chart-scale';

/** Where things lie in the drawing, in pixels. */
export interface ChartScale {
  /** The middle of a day. */
  x(index: number): number;
  y(amount: number): number;
  dayWidth: number;
  left: number;
  right: number;
  bottom: number;
}

interface ChartFrameProps {
  /** Calendar days, `2026-11-21`. */
  days: readonly string[];
  /** The highest amount that is drawn. */
  highest: number;
  /** Marks the day that is pointed at by its column, or by a line. */
  mark: 'column' | 'line';
  /** What is told of the day that is pointed at. */
  tell: (index: number) => ReactNode;
  /** The marks of the chart, as SVG. */
  children: (scale: ChartScale) => ReactNode;
}

const height = 240;
const edge = { top: 8, bottom: 30, left: 44 };

function scaleOf(width: number, days: number, top: number): ChartScale {
  const dayWidth = Math.max(0, width - edge.left) / Math.max(1, days);
  const bottom = height - edge.bottom;
  return {
    x: (index) => edge.left + dayWidth * (index + 0.5),
    y: (amount) => bottom - (amount / top) * (bottom - edge.top),
    dayWidth,
    left: edge.left,
    right: width,
    bottom,
  };
}

/** A chart over days with its axes, as wide as there is room. Drawn for the eye only: a table beside it says the same to everybody. */
export function ChartFrame({ days, highest, mark, tell, children }: ChartFrameProps) {
  const locale = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);

  useEffect(() => {
    const observer = new ResizeObserver((entries) => setWidth(entries[0]?.contentRect.width ?? 0));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  const steps = roundSteps(highest);
  const scale = scaleOf(width, days.length, steps.at(-1) ?? 1);
  const every = scale.dayWidth > 0 ? labelEvery(scale.dayWidth) : days.length;

  function point(event: PointerEvent<HTMLDivElement>) {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - scale.left) / scale.dayWidth);
    setPointed(index >= 0 && index < days.length ? index : null);
  }

  return (
    <div ref={box} aria-hidden="true" data-chart className="relative h-60 w-full touch-pan-y" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setPointed(null)}>
      {width > 0 && (
        <svg width={width} height={height} className="block text-[11px]" fill="var(--color-ink-faint)">
          {steps.map((amount) => (
            <g key={amount}>
              <line x1={scale.left} x2={scale.right} y1={scale.y(amount)} y2={scale.y(amount)} stroke={amount === 0 ? 'var(--color-line-strong)' : 'var(--color-line)'} />
              <text x={scale.left - 8} y={scale.y(amount)} dy="0.32em" textAnchor="end">
                {formatQuantity(String(amount), locale, { compact: true })}
              </text>
            </g>
          ))}
          {days.map((day, index) =>
            index % every === 0 ? (
              <text key={day} x={scale.x(index)} y={scale.bottom + 18} textAnchor={index === 0 ? 'start' : 'middle'} dx={index === 0 ? -scale.dayWidth / 2 : 0}>
                {formatCalendarDate(day, locale, 'day')}
              </text>
            ) : null,
          )}
          {pointed !== null && mark === 'column' && <rect x={scale.x(pointed) - scale.dayWidth / 2} y={edge.top} width={scale.dayWidth} height={scale.bottom - edge.top} fill="var(--color-hover)" />}
          {pointed !== null && mark === 'line' && <line x1={scale.x(pointed)} x2={scale.x(pointed)} y1={edge.top} y2={scale.bottom} stroke="var(--color-line-strong)" />}
          {children(scale)}
        </svg>
      )}
      {pointed !== null && (
        <div
          className="pointer-events-none absolute top-2 z-10 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs whitespace-nowrap shadow-float"
          style={scale.x(pointed) > width / 2 ? { right: width - scale.x(pointed) + 12 } : { left: scale.x(pointed) + 12 }}
        >
          <div className="text-ink-muted">{formatCalendarDate(days[pointed] ?? '', locale)}</div>
          {tell(pointed)}
        </div>
      )}
    </div>
  );
}
