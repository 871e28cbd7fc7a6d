import { useLocale, useTranslations } from 'next-intl';
import { formatMoney, type MoneyDto } from '@/lib/i18n/format';
import type { Rhythm } from '../types';

export interface TrialEndProps extends Rhythm {
  plan: string;
  price: MoneyDto;
  /** The plan that remains where the trial does not become paid. */
  fallback: string | null;
  hasMethod: boolean;
  /** Whether it goes on without a payment method too, by invoice. */
  goesOnAnyway: boolean;
}

/** What happens when a trial ends, as things stand. */
export function TrialEnd({ plan, price, interval, intervalCount, fallback, hasMethod, goesOnAnyway }: TrialEndProps) {
  const text = useTranslations('extras.trial');
  const subscription = useTranslations('subscription');
  const rhythm = intervalCount === 1 ? subscription('perInterval', { interval }) : subscription('perIntervals', { interval, count: intervalCount });
  const values = { plan, price: formatMoney(price, useLocale()), rhythm };
  if (hasMethod) return text('thenPaid', values);
  if (goesOnAnyway) return text('thenInvoiced', values);
  return fallback === null ? text('thenEndsPlain', { plan }) : text('thenEnds', { plan, fallback });
}
