'use client';

import { useTranslations } from 'next-intl';
import { useTransition, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { DateRange } from '@/components/ui/date-range';
import { SelectField } from '@/components/ui/field';
import type { Days } from './types';
import { usePortalRouter } from '@/components/ui/portal-link';

export interface EventFilterProps {
  days: Days;
  /** Key of the feature shown; empty: all. */
  feature: string;
  features: readonly { value: string; label: string }[];
  /** The reason shown, empty for all; where there are reasons to choose. */
  reason?: string;
  reasons?: readonly { value: string; label: string }[];
  /** What else stays in the address. */
  keep: Record<string, string>;
}

/** Which events or refused calls the table shows; the choice is kept in the address. */
export function EventFilter({ days, feature, features, reason = '', reasons, keep }: EventFilterProps) {
  const text = useTranslations('usage');
  const router = usePortalRouter();
  const [loading, startLoading] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const search = new URLSearchParams(keep);
    for (const name of ['from', 'to', 'feature', 'reason']) {
      const value = form.get(name);
      if (typeof value === 'string' && value !== '') search.set(name, value);
    }
    startLoading(() => router.push(`/usage?${search}`, { scroll: false }));
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <DateRange key={`${days.from} ${days.to}`} start={days.from} end={days.to} />
      <SelectField label={text('feature')} name="feature" defaultValue={feature} options={[{ value: '', label: text('allFeatures') }, ...features]} />
      {reasons && <SelectField label={text('reason')} name="reason" defaultValue={reason} options={[{ value: '', label: text('allReasons') }, ...reasons]} />}
      <Button type="submit" loading={loading}>
        {text('apply')}
      </Button>
    </form>
  );
}
