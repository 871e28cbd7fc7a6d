'use client';

import { useTranslations } from 'next-intl';
import { usePortalRouter } from '@/components/ui/portal-link';
import { SelectField } from '../ui/field';

/** Chooses the month that the page shows; the choice is kept in the address. */
export function MonthSwitcher({ months, currentHref }: { months: readonly { href: string; label: string }[]; currentHref: string }) {
  const text = useTranslations('costCentres');
  const router = usePortalRouter();
  return (
    <SelectField
      label={text('month')}
      hideLabel
      options={months.map(({ href, label }) => ({ value: href, label }))}
      value={currentHref}
      onChange={(event) => router.push(event.target.value)}
    />
  );
}
