import { useTranslations } from 'next-intl';
import { TextLink } from '@/components/ui/navigation';
import { Notice } from '@/components/ui/notice';
import { DateTime } from '@/components/ui/values';
import type { FeatureDto } from '@/components/usage/types';
import { AlertSentence } from './alert-sentence';
import { alertTone } from './alert-tone';
import { MarkReadButton } from './mark-read-button';
import type { AlertDto, MarkRead } from './types';

export interface AlertBannerProps {
  /** The newest few that nobody has read, at least one. */
  alerts: readonly AlertDto[];
  unread: number;
  features: readonly FeatureDto[];
  /** Null for somebody who may only look. */
  markRead: MarkRead | null;
}

const order = ['accent', 'warning', 'negative'] as const;

/** Alerts that nobody has read: calm, and gone once read. */
export function AlertBanner({ alerts, unread, features, markRead }: AlertBannerProps) {
  const text = useTranslations('alerts');
  const tones = alerts.map((alert) => alertTone(alert));
  const tone = [...order].reverse().find((one) => tones.includes(one)) ?? 'accent';
  return (
    <Notice tone={tone} title={text('unread', { count: unread })} action={markRead && <MarkReadButton size="small" markRead={markRead} />}>
      <ul className="flex flex-col gap-0.5">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <AlertSentence alert={alert} features={features} />
            {' · '}
            <DateTime value={alert.raisedAt} format="dateTime" />
          </li>
        ))}
        {unread > alerts.length && (
          <li>
            <TextLink href="/alerts">{text('allAlerts')}</TextLink>
          </li>
        )}
      </ul>
    </Notice>
  );
}
