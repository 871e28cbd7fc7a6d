'use client';

import { useTranslations } from 'next-intl';
import { SelectField } from '@/components/ui/field';
import { usePortalRouter } from '@/components/ui/portal-link';

export interface PeriodSwitcherProps {
  /** Newest first. `href` is the page of the period. */
  periods: readonly { href: string; label: string }[];
  currentHref: string;
}

/** Chooses the period that the page shows; the choice is kept in the address. */
export function PeriodSwitcher({ periods, currentHref }: PeriodSwitcherProps) {
  const text = useTranslations('usage');
  const router = usePortalRouter();
  return (
    <SelectField
      label={text('period')}
      hideLabel
      options={periods.map(({ href, label }) => ({ value: href, label }))}
      value={currentHref}
      onChange={(event) => router.push(event.target.value)}
    />
  );
}
