'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TextField } from './field';

export interface DateRangeProps {
  /** Calendar days, `2026-11-01`; both ends belong to the range. */
  start: string;
  end: string;
  min?: string;
  max?: string;
  /** The names under which a form sends them. */
  startName?: string;
  endName?: string;
  /** Called when both days are set and in order. */
  onChange?: (range: { start: string; end: string }) => void;
}

/** Two days. An end before the start is refused with a sentence and never reported. */
export function DateRange({ start, end, min, max, startName = 'from', endName = 'to', onChange }: DateRangeProps) {
  const text = useTranslations('common');
  const [range, setRange] = useState({ start, end });
  const outOfOrder = range.start !== '' && range.end !== '' && range.end < range.start;

  function change(next: { start: string; end: string }) {
    setRange(next);
    if (next.start !== '' && next.end !== '' && next.start <= next.end) onChange?.(next);
  }

  return (
    <div className="flex flex-wrap items-start gap-3 max-md:*:grow max-md:*:basis-36">
      <TextField label={text('from')} type="date" name={startName} value={range.start} min={min} max={max} onChange={(event) => change({ ...range, start: event.target.value })} />
      <TextField
        label={text('to')}
        type="date"
        name={endName}
        value={range.end}
        min={min}
        max={max}
        error={outOfOrder ? text('dateOrder') : undefined}
        onChange={(event) => change({ ...range, end: event.target.value })}
      />
    </div>
  );
}
