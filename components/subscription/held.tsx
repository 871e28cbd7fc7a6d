import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { formatMoney, formatQuantity, formatShare } from '@/lib/i18n/format';
import type { HeldCouponDto, HeldItemDto, RemovalActions } from './types';

const RemoveCoupon = dynamic(() => import('./coupon/remove-coupon').then((file) => file.RemoveCoupon));

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

/** A coupon, what it takes off, and for how long; `removal` takes it off. */
export function HeldCoupon({ coupon: { name, code, off, left }, removal = null }: { coupon: HeldCouponDto; removal?: RemovalActions | null }) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const values = { name, code, off: 'share' in off ? formatShare(off.share, locale) : formatMoney(off.amount, locale) };
  const said = left === null ? text('couponAlways', values) : text('couponLeft', { ...values, count: left });
  if (!removal || left === 0) return said;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {said}
      <RemoveCoupon name={name} actions={removal} />
    </span>
  );
}
