'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { SelectField } from '../ui/field';
import { usePortalRouter } from '../ui/portal-link';
import type { FeatureChoice } from './types';

interface FeatureFilterProps {
  /** The key of the one that is shown; null: all of them. */
  chosen: string | null;
  features: readonly FeatureChoice[];
  /** The addresses of the page by feature, and that of all under an empty key. */
  addresses: Readonly<Record<string, string>>;
}

/** Of which feature alerts are shown; the choice is kept in the address. */
export function FeatureFilter({ chosen, features, addresses }: FeatureFilterProps) {
  const text = useTranslations('alerts');
  const router = usePortalRouter();
  const [loading, startLoading] = useTransition();
  return (
    <SelectField
      label={text('byFeature')}
      hideLabel
      value={chosen ?? ''}
      aria-busy={loading}
      options={[{ value: '', label: text('everyFeature') }, ...features.map(({ key, label }) => ({ value: key, label }))]}
      onChange={(event) => {
        const address = addresses[event.target.value];
        if (address !== undefined) startLoading(() => router.push(address, { scroll: false }));
      }}
    />
  );
}
