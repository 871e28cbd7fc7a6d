'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useNotify } from '@/components/ui/toast';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { CouponPreviewDto, RemovalActions } from '../types';
import { useProblem } from '../use-problem';

/** Takes a coupon off once it was seen what the next invoice comes to without it. */
export function RemoveCoupon({ name, actions }: { name: string; actions: RemovalActions }) {
  const text = useTranslations('extras.coupon');
  const common = useTranslations('common');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const notify = useNotify();
  const problemOf = useProblem();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<CouponPreviewDto | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function look(): Promise<void> {
    const result = await attempt(() => actions.preview({}));
    setShown(result.ok ? result.value : null);
    setProblem(result.ok ? null : problemOf(result));
  }

  function show(next: boolean) {
    setOpen(next);
    if (!next) return;
    setShown(null);
    setProblem(null);
    void look();
  }

  async function confirm({ quote }: CouponPreviewDto): Promise<void> {
    const result = await attempt(() => actions.confirm({ quoteId: quote.id }));
    if (result.ok) {
      notify.success(text('removed', { name }));
      return setOpen(false);
    }
    if (result.code === 'preview_outdated') await look();
    setProblem(problemOf(result));
  }

  return (
    <Dialog
      trigger={<Button variant="ghost">{text('remove')}</Button>}
      open={open}
      onOpenChange={show}
      size="small"
      title={text('removeTitle', { name })}
      error={problem && shown && problem}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{text('keep')}</Button>
          <Button variant="danger" disabled={!shown} onClick={() => (shown ? confirm(shown) : undefined)}>
            {text('removeConfirm')}
          </Button>
        </>
      }
    >
      {shown && (
        <div className="flex flex-col gap-2">
          <p>{text('removeText')}</p>
          <p className="text-ink-muted">
            {text('removeNext', { date: formatDate(shown.next.at, locale, timeZone), ...amounts(shown, locale) })}
          </p>
        </div>
      )}
      {!shown && problem && (
        <Notice tone="negative" urgent action={<Button onClick={look}>{common('retry')}</Button>}>
          {problem}
        </Notice>
      )}
      {!shown && !problem && (
        <Loading>
          <Skeleton className="h-12 w-full" />
        </Loading>
      )}
    </Dialog>
  );
}

function amounts({ next, totalWithoutMinor, currency }: CouponPreviewDto, locale: Parameters<typeof formatMoney>[1]) {
  return { with: formatMoney({ minor: next.totalMinor, currency }, locale), without: formatMoney({ minor: totalWithoutMinor, currency }, locale) };
}
