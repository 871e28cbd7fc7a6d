import { useLocale, useTranslations } from 'next-intl';
import type { FeatureDto } from '@/components/usage/types';
import { formatCalendarDate, formatMoney, formatQuantity } from '@/lib/i18n/format';
import type { AlertDto } from './types';

/** What an alert says, in a sentence. */
export function AlertSentence({ alert, features }: { alert: AlertDto; features: readonly FeatureDto[] }) {
  const text = useTranslations('alerts');
  const locale = useLocale();
  const { kind, feature, costCentre, currency, day, percent, used, limit } = alert;
  const known = features.find(({ key }) => key === feature);
  const amount = (value: string) => (currency ? formatMoney({ minor: value, currency }, locale) : formatQuantity(value, locale));
  const which = kind === 'unusual' ? (BigInt(used) > BigInt(limit) ? 'spike' : 'drop') : kind;
  return text(`said_${which}`, {
    feature: known?.name[locale] ?? feature ?? '', unit: known?.unit[locale] ?? '', costCentre: costCentre?.name ?? '', percent,
    used: amount(used), limit: amount(limit), day: day ? formatCalendarDate(day, locale, 'day') : '',
  });
}
