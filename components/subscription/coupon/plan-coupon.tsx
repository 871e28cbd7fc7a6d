'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatMoney, formatShare } from '@/lib/i18n/format';
import type { PreviewDto } from '../types';
import { couponCodeOf } from './coupon-code';
import { CouponField } from './coupon-field';

interface PlanCouponProps {
  /** What is shown now, with the coupon that it is with. */
  preview: Pick<PreviewDto, 'coupon' | 'currency'>;
  /** Shows the plan with the coupon; says why where that cannot be. */
  onUse: (code: string) => Promise<string | null>;
  onRemove: () => void;
}

/** Takes the code of a coupon to begin a plan with, and says what it gives. */
export function PlanCoupon({ preview: { coupon, currency }, onUse, onRemove }: PlanCouponProps) {
  const text = useTranslations('extras.coupon');
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [looking, setLooking] = useState(false);

  async function look(): Promise<void> {
    if (looking) return;
    const typed = couponCodeOf(code);
    if (typed.problem) return setProblem(text(typed.problem));
    setLooking(true);
    setProblem(await onUse(typed.code));
    setLooking(false);
  }

  if (coupon) {
    const name = coupon.name[locale];
    const off = coupon.percentage === null ? formatMoney({ minor: coupon.amounts[currency] ?? '0', currency }, locale) : formatShare(Number(coupon.percentage) / 100, locale);
    return (
      <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-sunken px-3 py-2 text-sm">
        <p role="status" className="min-w-0">
          {coupon.cyclesLeft === null ? text('always', { name, off }) : text('cycles', { name, off, count: coupon.cyclesLeft })}
        </p>
        <Button
          variant="ghost"
          onClick={() => {
            setCode('');
            onRemove();
          }}
        >
          {text('without')}
        </Button>
      </div>
    );
  }
  if (!open) {
    return (
      <div>
        <Button variant="ghost" onClick={() => setOpen(true)}>
          {text('have')}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex items-start gap-2">
      <CouponField
        autoFocus
        placeholder={text('code')}
        value={code}
        problem={problem}
        onChange={(typed) => {
          setCode(typed);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void look();
        }}
      />
      <Button loading={looking} onClick={look}>
        {text('apply')}
      </Button>
    </div>
  );
}
