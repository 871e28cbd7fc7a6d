import { Check } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Quantity } from '@/components/ui/values';
import { formatQuantity, formatUnitPrice } from '@/lib/i18n/format';
import type { FeatureRowDto, GrantDto } from './types';

/** What a plan grants of one feature. */
export function GrantCell({ grant, row: { kind, unit }, currency }: { grant: GrantDto | undefined; row: FeatureRowDto; currency: string }) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  const locale = useLocale();

  if (!grant?.enabled || (kind === 'list' && grant.allowed.length === 0)) {
    return (
      <span className="text-ink-faint">
        <span aria-hidden="true">{common('none')}</span>
        <span className="sr-only">{text('notIncluded')}</span>
      </span>
    );
  }
  if (kind === 'boolean') {
    return (
      <span className="inline-flex items-center gap-1.5">
        <Check className="size-4 text-positive" aria-hidden="true" />
        {text('included')}
      </span>
    );
  }
  if (kind === 'list') return <span className="block break-words whitespace-pre-line">{grant.allowed.join('\n')}</span>;
  const rates = grant.rates.map(({ window, quantity }) => text(kind === 'rate' ? 'rate' : 'rateBeside', { window, quantity: formatQuantity(quantity, locale) }));
  if (kind === 'rate') {
    return rates.map((rate, index) => (
      <span key={rate} className={index === 0 ? 'block font-medium' : 'block text-xs text-ink-muted'} suppressHydrationWarning>
        {rate}
      </span>
    ));
  }
  const notes = [
    kind === 'metered' && grant.reset !== 'period' && text('reset', { reset: grant.reset }),
    ...rates,
    grant.rolloverCap !== null && text('rollover', { quantity: formatQuantity(grant.rolloverCap, locale) }),
  ].filter((note) => note !== false);
  return (
    <>
      <span className="font-medium">{grant.limit === null ? common('unlimited') : <Quantity value={grant.limit} unit={unit ?? undefined} />}</span>
      {grant.overage && (
        <span className="block text-xs text-ink-muted" suppressHydrationWarning>
          {text(grant.overageVaries ? 'overageAtMost' : 'overage', { price: formatUnitPrice({ amount: grant.overage, currency }, locale) })}
        </span>
      )}
      {notes.map((note) => (
        <span key={note} className="block text-xs text-ink-muted" suppressHydrationWarning>
          {note}
        </span>
      ))}
    </>
  );
}
