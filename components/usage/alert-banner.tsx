import { useLocale, useTranslations } from 'next-intl';
import { TextLink } from '@/components/ui/navigation';
import { Notice } from '@/components/ui/notice';
import { DateTime } from '@/components/ui/values';
import { formatQuantity } from '@/lib/i18n/format';
import { alertTone } from './alert-tone';
import { MarkReadButton } from './mark-read-button';
import type { AlertDto, FeatureDto, MarkRead } from './types';

export interface AlertBannerProps {
  /** The newest few that nobody has read, at least one. */
  alerts: readonly AlertDto[];
  unread: number;
  features: readonly FeatureDto[];
  /** Null for somebody who may only look. */
  markRead: MarkRead | null;
}

/** Alerts that nobody has read: calm, and gone once read. */
export function AlertBanner({ alerts, unread, features, markRead }: AlertBannerProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const featureOf = (key: string) => features.find((feature) => feature.key === key);
  const highest = Math.max(...alerts.map(({ percent }) => percent));
  return (
    <Notice tone={alertTone(highest)} title={text('unreadAlerts', { count: unread })} action={markRead && <MarkReadButton markRead={markRead} />}>
      <ul className="flex flex-col gap-0.5">
        {alerts.map((alert) => (
          <li key={alert.id}>
            {text('alertLine', {
              feature: featureOf(alert.feature)?.name[locale] ?? alert.feature,
              percent: alert.percent,
              used: formatQuantity(alert.used, locale),
              limit: formatQuantity(alert.limit, locale),
            })}
            {' · '}
            <DateTime value={alert.raisedAt} format="dateTime" />
          </li>
        ))}
        {unread > alerts.length && (
          <li>
            <TextLink href="/usage?view=alerts">{text('allAlerts')}</TextLink>
          </li>
        )}
      </ul>
    </Notice>
  );
}
