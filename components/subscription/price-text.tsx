import { useTranslations } from 'next-intl';
import { Money } from '@/components/ui/values';
import type { MoneyDto } from '@/lib/i18n/format';
import type { Rhythm } from './types';

/** `$29.99 per month`, `$80.00 every 3 months`; in running text a price of nothing is a word. */
export function PriceText({ price, interval, intervalCount, large }: Rhythm & { price: MoneyDto; large?: boolean }) {
  const text = useTranslations('subscription');
  if (!large && BigInt(price.minor) === 0n) return text('free');
  return (
    <span>
      <span className={large ? 'text-lg font-semibold sm:text-xl' : undefined}>
        <Money value={price} />
      </span>{' '}
      <span className="whitespace-nowrap text-ink-muted">{intervalCount === 1 ? text('perInterval', { interval }) : text('perIntervals', { interval, count: intervalCount })}</span>
    </span>
  );
}
