'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useNotify } from '@/components/ui/toast';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { attempt } from './attempt';
import { BeginOffer } from './begin-offer';
import { ChangePreview } from './change-preview';
import type { OfferDto, PlanColumnDto, PreviewDto, SubscriptionActions } from './types';
import { useProblem } from './use-problem';

export interface ChangeTarget {
  plan: PlanColumnDto;
  offer: OfferDto;
}

interface ChangeDialogProps {
  target: ChangeTarget;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: SubscriptionActions;
}

type Shown = { phase: 'loading' } | { phase: 'failed'; code: string } | { phase: 'ready'; preview: PreviewDto };

/** Shows what a change of plan does and costs, and carries it out once it is confirmed. */
export function ChangeDialog({ target: { plan, offer }, open, onOpenChange, actions }: ChangeDialogProps) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const notify = useNotify();
  const problem = useProblem();
  const [shown, setShown] = useState<Shown>({ phase: 'loading' });
  const [failure, setFailure] = useState<string | null>(null);
  // Counts up to look at the amount anew.
  const [look, setLook] = useState(0);

  const { interval, intervalCount } = offer;
  const isNew = offer.standing === 'new';
  const { preview: askPreview } = actions;

  useEffect(() => {
    if (!open || isNew) return;
    let current = true;
    void attempt(() => askPreview({ plan: plan.key, interval, intervalCount })).then((result) => {
      if (current) setShown(result.ok ? { phase: 'ready', preview: result.value } : { phase: 'failed', code: result.code });
    });
    return () => {
      current = false;
    };
  }, [open, isNew, look, askPreview, plan.key, interval, intervalCount]);

  function lookAgain() {
    setShown({ phase: 'loading' });
    setLook((count) => count + 1);
  }

  function show(next: boolean) {
    onOpenChange(next);
    setFailure(null);
    if (!next) lookAgain();
  }

  const wanted = { plan: plan.key, interval, intervalCount };
  const day = (instant: string) => formatDate(instant, locale, timeZone);

  async function confirm() {
    setFailure(null);
    if (isNew) {
      const result = await attempt(() => actions.begin(wanted));
      return finish(result.ok ? null : result.code, text('begun', { plan: plan.name }));
    }
    if (shown.phase !== 'ready') return;
    const { preview } = shown;
    if (preview.direction === 'downgrade') {
      const result = await attempt(() => actions.downgrade(wanted));
      return finish(result.ok ? null : result.code, text('downgradeScheduled', { plan: plan.name, date: day(preview.effectiveAt) }));
    }
    const seen = { prorationAt: preview.effectiveAt, expectedTotalMinor: preview.due.totalMinor };
    const result = await attempt(() => actions.upgrade({ ...wanted, ...seen }));
    finish(result.ok ? null : result.code, text('upgraded', { plan: plan.name }));
  }

  function finish(code: string | null, done: string) {
    if (code === null) {
      notify.success(done);
      show(false);
      return;
    }
    setFailure(problem(code));
    if (code === 'preview_outdated') lookAgain();
  }

  function confirmLabel(): string {
    if (isNew) {
      return BigInt(offer.price.minor) === 0n ? text('confirmChooseFree', { plan: plan.name }) : text('confirmChoose', { amount: formatMoney(offer.price, locale) });
    }
    if (shown.phase !== 'ready') return common('confirm');
    const { preview } = shown;
    if (preview.direction === 'downgrade') return text('confirmDowngrade', { date: day(preview.effectiveAt) });
    if (preview.due.totalMinor === '0') return text('confirmUpgradeFree', { plan: plan.name });
    const amount = formatMoney({ minor: preview.due.totalMinor, currency: preview.currency }, locale);
    return offer.standing === 'switch' ? text('confirmSwitch', { interval, amount }) : text('confirmUpgrade', { amount });
  }

  function title(): string {
    if (isNew) return text('chooseTitle', { plan: plan.name });
    if (offer.standing === 'switch') return text('switchTitle', { interval, plan: plan.name });
    return text('changeTitle', { direction: offer.standing, plan: plan.name });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={show}
      title={title()}
      footer={
        <>
          <Button onClick={() => show(false)}>{common('cancel')}</Button>
          <Button variant="primary" disabled={!isNew && shown.phase !== 'ready'} onClick={confirm}>
            {confirmLabel()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {failure && (
          <Notice tone="negative" urgent title={text('failed')}>
            {failure}
          </Notice>
        )}
        {isNew ? <BeginOffer offer={offer} /> : <Content shown={shown} onRetry={lookAgain} problem={problem} />}
      </div>
    </Dialog>
  );
}

function Content({ shown, onRetry, problem }: { shown: Shown; onRetry: () => void; problem: (code: string) => string }) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  if (shown.phase === 'ready') return <ChangePreview preview={shown.preview} />;
  if (shown.phase === 'failed') {
    return (
      <Notice tone="negative" urgent title={text('previewFailed')} action={<Button onClick={onRetry}>{common('retry')}</Button>}>
        {problem(shown.code)}
      </Notice>
    );
  }
  return (
    <Loading>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-4 w-3/4" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-4 w-1/2" />
      </div>
    </Loading>
  );
}
