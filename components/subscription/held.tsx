import { useLocale, useTranslations } from 'next-intl';
import { formatMoney, formatQuantity, formatShare } from '@/lib/i18n/format';
import type { HeldCouponDto, HeldItemDto } from './types';

/** What is held beside the plan, a line each, and what of it falls at the period end. */
export function HeldItems({ items, date }: { items: readonly HeldItemDto[]; date: string }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  return (
    <ul>
      {items.map(({ key, name, quantity, pendingQuantity }) => {
        const held = { name, quantity: formatQuantity(quantity, locale) };
        if (pendingQuantity === null) return <li key={key}>{text('itemHeld', held)}</li>;
        const ends = BigInt(pendingQuantity) === 0n;
        return <li key={key}>{ends ? text('itemEnds', { ...held, date }) : text('itemFalls', { ...held, pending: formatQuantity(pendingQuantity, locale), date })}</li>;
      })}
    </ul>
  );
}

/** A coupon, what it takes off, and for how long. */
export function HeldCoupon({ coupon: { name, code, off, left } }: { coupon: HeldCouponDto }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const values = { name, code, off: 'share' in off ? formatShare(off.share, locale) : formatMoney(off.amount, locale) };
  return left === null ? text('couponAlways', values) : text('couponLeft', { ...values, count: left });
}
