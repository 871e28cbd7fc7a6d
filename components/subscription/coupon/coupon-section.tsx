'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/section';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { formatDate, formatMoney, formatShare } from '@/lib/i18n/format';
import type { CouponPreviewDto } from '../types';
import { useProblem } from '../use-problem';
import { couponCodeOf } from './coupon-code';
import { CouponField } from './coupon-field';

export interface CouponActions {
  preview: (wanted: { code: string }) => Promise<ActionResult<CouponPreviewDto>>;
  /** Does what a preview showed, by its quote. */
  confirm: (quoted: { quoteId: string }) => Promise<ActionResult<unknown>>;
}

/** Takes a code, says what the coupon gives and until when, or why it gives nothing, and redeems it once that was seen. */
export function CouponSection({ actions }: { actions: CouponActions }) {
  const text = useTranslations('extras.coupon');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const notify = useNotify();
  const problemOf = useProblem();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [found, setFound] = useState<CouponPreviewDto | null>(null);
  const [looking, setLooking] = useState(false);

  async function look(): Promise<void> {
    const typed = couponCodeOf(code);
    setProblem(null);
    if (typed.problem) return setProblem(text(typed.problem));
    setLooking(true);
    const result = await attempt(() => actions.preview({ code: typed.code }));
    setLooking(false);
    if (result.ok) setFound(result.value);
    else setProblem(problemOf(result));
  }

  async function use({ quote, coupon, next }: CouponPreviewDto): Promise<void> {
    setProblem(null);
    const result = await attempt(() => actions.confirm({ quoteId: quote.id }));
    if (result.ok) return notify.success(text('used', { name: coupon.name[locale], date: formatDate(next.at, locale, timeZone) }));
    setProblem(problemOf(result));
    if (result.code === 'preview_outdated') await look();
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!looking) void look();
  }

  return (
    <Section title={text('title')} description={text('description')}>
      <Card>
        {found ? (
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <div className="min-w-0 flex-1 basis-64" role="status">
              <Gift preview={found} />
            </div>
            <span className="flex flex-wrap gap-2">
              <Button variant="ghost" onClick={() => setFound(null)}>
                {text('other')}
              </Button>
              <Button variant="primary" onClick={() => use(found)}>
                {text('use')}
              </Button>
            </span>
            {problem && (
              <p role="alert" className="w-full text-sm text-negative-ink">
                {problem}
              </p>
            )}
          </div>
        ) : (
          <form noValidate onSubmit={submit} className="flex max-w-md items-start gap-2">
            <CouponField
              placeholder={text('codeExample')}
              value={code}
              problem={problem}
              onChange={(typed) => {
                setCode(typed);
                setProblem(null);
              }}
            />
            <Button type="submit" loading={looking}>
              {text('check')}
            </Button>
          </form>
        )}
      </Card>
    </Section>
  );
}

/** What the coupon takes off, for how long, and what the next invoice comes to with it. */
function Gift({ preview: { coupon, currency, next, totalWithoutMinor } }: { preview: CouponPreviewDto }) {
  const text = useTranslations('extras.coupon');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const money = (minor: string) => formatMoney({ minor, currency }, locale);
  const off = coupon.percentage === null ? money(coupon.amounts[currency] ?? '0') : formatShare(Number(coupon.percentage) / 100, locale);
  const name = coupon.name[locale];
  return (
    <>
      <p className="font-medium">{coupon.cyclesLeft === null ? text('always', { name, off }) : text('cycles', { name, off, count: coupon.cyclesLeft })}</p>
      <p className="text-sm text-ink-muted">
        {text('next', { date: formatDate(next.at, locale, timeZone), with: money(next.totalMinor), without: money(totalWithoutMinor) })} {coupon.cyclesLeft === 1 && text('until')}
      </p>
    </>
  );
}
