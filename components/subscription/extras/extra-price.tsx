import { useLocale, useTranslations } from 'next-intl';
import { formatQuantity, formatUnitPrice } from '@/lib/i18n/format';
import type { ExtraDto, ExtrasBase } from './types';

/** What an extra costs a period, in a few words. */
export function ExtraPrice({ extra: { price, included }, base: { currency, interval, intervalCount } }: { extra: ExtraDto; base: ExtrasBase }) {
  const text = useTranslations('extras');
  const subscription = useTranslations('subscription');
  const locale = useLocale();
  const rhythm = intervalCount === 1 ? subscription('perInterval', { interval }) : subscription('perIntervals', { interval, count: intervalCount });
  const values = { price: formatUnitPrice({ amount: price.amount, currency }, locale), rhythm };
  if (price.kind === 'package') return text('package', { ...values, size: formatQuantity(price.size, locale) });
  if (price.kind === 'each' && included !== '0') return text('eachBeyond', { ...values, included: formatQuantity(included, locale) });
  return text(price.kind, values);
}
