import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatCalendarDate, formatQuantity } from '@/lib/i18n/format';
import type { UnusualDto } from './types';

/** Days on which much more or less was used than the weeks before let expect. */
export function UnusualNotice({ unusual }: { unusual: readonly UnusualDto[] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  return (
    <Notice tone="neutral" title={text('unusualTitle')}>
      <ul className="flex flex-col gap-0.5" data-testid="unusual">
        {unusual.map(({ feature, day, until, kind, quantity, expected }) => (
          <li key={`${feature.key} ${day} ${until}`}>
            {text(until === null ? `unusual_${kind}` : `unusual_${kind}_today`, {
              feature: feature.name[locale],
              quantity: formatQuantity(quantity, locale),
              expected: formatQuantity(expected, locale),
              day: formatCalendarDate(day, locale, 'day'),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
