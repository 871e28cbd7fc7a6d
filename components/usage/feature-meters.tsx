import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Meter } from '@/components/ui/meter';
import { Notice } from '@/components/ui/notice';
import { Card } from '@/components/ui/section';
import { formatDate, formatQuantity } from '@/lib/i18n/format';
import type { FeatureUsageDto } from './types';

export interface FeatureMetersProps {
  items: readonly FeatureUsageDto[];
  /** When the limits begin anew; null for a period that has ended. */
  resetsAt: string | null;
  /** The figures could not be read again. */
  stale: boolean;
}

/** Each metered feature against its limit. */
export function FeatureMeters({ items, resetsAt, stale }: FeatureMetersProps) {
  const text = useTranslations('usage');
  return (
    <div className="flex flex-col gap-3">
      {stale && <Notice tone="warning">{text('stale')}</Notice>}
      <Card>
        <ul className="grid gap-x-10 gap-y-6 lg:grid-cols-2" data-testid="meters">
          {items.map((item) => (
            <li key={item.feature.key} data-feature={item.feature.key}>
              <FeatureMeter item={item} resetsAt={resetsAt} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function FeatureMeter({ item, resetsAt }: { item: FeatureUsageDto; resetsAt: string | null }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const name = item.feature.name[locale];
  if (!item.included && item.used === '0') {
    return (
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span className="font-medium">{name}</span>
        <span className="text-ink-muted">{text('notInPlan')}</span>
      </div>
    );
  }
  const quantity = (value: string) => formatQuantity(value, locale);
  const parts = [
    item.held !== '0' && text('held', { quantity: quantity(item.held) }),
    item.remaining !== null && text('remaining', { quantity: quantity(item.remaining) }),
    resetsAt && (item.reset === 'day' || item.reset === 'month') && text(`resetsEach_${item.reset}`),
    resetsAt && item.reset === 'period' && text('resets', { date: formatDate(resetsAt, locale, timeZone, 'day') }),
  ].filter(Boolean);
  return (
    <div className="flex flex-col gap-1">
      <Meter label={name} name={name} used={item.used} held={item.held} limit={item.limit} unit={item.feature.unit[locale]} hint={<span suppressHydrationWarning>{parts.join(' · ')}</span>} />
      {item.overage !== null && item.overage !== '0' && (
        <p className="text-xs text-ink-muted" suppressHydrationWarning>
          {text(item.policy === 'overage' ? 'overageCharged' : 'overageNoted', { quantity: quantity(item.overage) })}
        </p>
      )}
    </div>
  );
}
