import { useLocale, useTranslations } from 'next-intl';
import type { QuotaReset } from '@/lib/billing/catalog/catalog';
import { formatQuantity } from '@/lib/i18n/format';
import type { LimitChangeDto } from './types';

/** What a change of plan grants less of, feature by feature. */
export function ShrinkingList({ changes }: { changes: readonly LimitChangeDto[] }) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  const locale = useLocale();
  const quantity = (value: string | null) => (value === null ? common('unlimited') : formatQuantity(value, locale));
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });

  function what({ feature, before, after, window, resets, removed }: LimitChangeDto) {
    if (removed.length > 0) return text('shrinkMembers', { members: list.format(removed) });
    if (feature.kind === 'boolean' || feature.kind === 'list' || (feature.kind === 'rate' && window === null)) return text('shrinkGone');
    const told = (value: string | null, reset: QuotaReset | undefined) => {
      if (window !== null) return text('rate', { window, quantity: quantity(value) });
      return reset === undefined ? quantity(value) : text('quantityEach', { reset, quantity: quantity(value) });
    };
    const values = { before: told(before, resets?.before), after: told(after, resets?.after) };
    return (
      <>
        <span aria-hidden="true" className="tabular">
          {text('shrinkQuantity', values)}
        </span>
        <span className="sr-only">{text('shrinkSpoken', values)}</span>
      </>
    );
  }

  return (
    <ul className="divide-y divide-line rounded-lg border border-line text-sm">
      {changes.map((change) => (
        <li key={change.feature.key} className="flex flex-wrap justify-between gap-x-4 px-3 py-1.5">
          <span>{change.feature.name[locale]}</span>
          <span className="text-ink-muted">{what(change)}</span>
        </li>
      ))}
    </ul>
  );
}
