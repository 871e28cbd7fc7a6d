'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useNotify } from '@/components/ui/toast';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { attempt, type Attempt } from '@/components/ui/attempt';
import { ChangePreview } from './change-preview';
import { ProviderWindow } from '../payments/provider-window';
import { unpaid } from '../payments/types';
import { useProviderPage } from '../payments/use-provider-page';
import { PayFirst, type Owed } from './pay-first';
import { RenewalChoice } from './renewal-choice';
import type { OfferDto, PlanColumnDto, PreviewDto, SubscriptionActions } from './types';
import { useProblem } from './use-problem';

const PlanCoupon = dynamic(() => import('./coupon/plan-coupon').then((file) => file.PlanCoupon), { ssr: false });

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

type Shown = { phase: 'loading' } | { phase: 'failed'; problem: string } | { phase: 'ready'; preview: PreviewDto };

/** Shows what a change of plan does and costs, and carries it out once it is confirmed. */
export function ChangeDialog({ target: { plan, offer }, open, onOpenChange, actions }: ChangeDialogProps) {
  const text = useTranslations('subscription');
  const trial = useTranslations('extras.trial');
  const couponText = useTranslations('extras.coupon');
  const subscribing = useTranslations('subscribing');
  const common = useTranslations('common');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const notify = useNotify();
  const problemOf = useProblem();
  const providerPage = useProviderPage();
  const [shown, setShown] = useState<Shown>({ phase: 'loading' });
  const [failure, setFailure] = useState<string | null>(null);
  // Set once the change is confirmed and has to be paid to happen.
  const [owed, setOwed] = useState<Owed | null>(null);
  const [overlay, setOverlay] = useState(false);
  // The provider that is to renew the plan; null: we do.
  const [renewer, setRenewer] = useState<string | null>(null);
  // The code of the coupon that is redeemed with it.
  const [coupon, setCoupon] = useState<string | null>(null);
  // Counts up to look at the amount anew.
  const [look, setLook] = useState(0);

  const { interval, intervalCount } = offer;
  const isNew = offer.standing === 'new';
  const wanted = { plan: plan.key, interval, intervalCount, ...(coupon !== null && { coupon }) };

  // An event, since a refresh of the page hands in new actions: only opening the dialog or `look` asks for an amount.
  const ask = useEffectEvent(async (): Promise<Shown> => {
    const result = await attempt(() => actions.preview(wanted));
    return result.ok ? { phase: 'ready', preview: result.value } : { phase: 'failed', problem: problemOf(result) };
  });

  useEffect(() => {
    if (!open) return;
    let current = true;
    void ask().then((answer) => {
      if (current) setShown(answer);
    });
    return () => {
      current = false;
    };
  }, [open, look]);

  function lookAgain() {
    setShown({ phase: 'loading' });
    setLook((count) => count + 1);
  }

  function show(next: boolean) {
    onOpenChange(next);
    setFailure(null);
    if (!next) {
      setOwed(null);
      setRenewer(null);
      setCoupon(null);
      lookAgain();
    }
  }

  /** Shows the amounts with the coupon; says why where it gives nothing. */
  async function applyCoupon(code: string): Promise<string | null> {
    const result = await attempt(() => actions.preview({ ...wanted, coupon: code }));
    if (!result.ok) return problemOf(result);
    setCoupon(code);
    setShown({ phase: 'ready', preview: result.value });
    return null;
  }

  function withoutCoupon() {
    setCoupon(null);
    lookAgain();
  }

  const had = isNew ? text('begun', { plan: plan.name }) : text('upgraded', { plan: plan.name });
  const day = (instant: string) => formatDate(instant, locale, timeZone);

  // What failed before stays until the answer is there: were it gone at once, the button would move away under a double click.
  async function confirm() {
    if (renewer !== null) return leave(renewer);
    if (shown.phase !== 'ready') return;
    const { preview } = shown;
    const done =
      preview.direction === 'downgrade' ? text('downgradeScheduled', { plan: plan.name, date: day(preview.effectiveAt) }) : had;
    const result = await attempt(() => actions.confirm({ quoteId: preview.quote.id }));
    if (result.ok && result.value.awaitsPaymentUntil && result.value.invoice) {
      setFailure(null);
      const { invoice, awaitsPaymentUntil } = result.value;
      return setOwed({ invoice: { ...invoice, dueMinor: invoice.totalMinor }, until: awaitsPaymentUntil, payment: unpaid });
    }
    finish(result, done);
  }

  async function leave(gateway: string) {
    const failed = await providerPage.go(() => actions.openRenewal({ plan: plan.key, interval, intervalCount, gateway }));
    if (failed) setFailure(problemOf(failed));
  }

  function finish(result: Attempt<unknown>, done: string) {
    if (result.ok) {
      notify.success(done);
      show(false);
      return;
    }
    setFailure(problemOf(result));
    if (result.code === 'preview_outdated') lookAgain();
  }

  function confirmLabel(): string {
    if (renewer !== null) return subscribing('toProvider', { provider: offer.renewal?.providers.find(({ name }) => name === renewer)?.label ?? renewer });
    if (shown.phase !== 'ready') return common('confirm');
    const { preview } = shown;
    if (preview.direction === 'downgrade') return text('confirmDowngrade', { date: day(preview.effectiveAt) });
    if (preview.due.totalMinor === '0') {
      if (offer.standing === 'trial') return trial('endConfirmFree');
      return isNew ? text('confirmChooseFree', { plan: plan.name }) : text('confirmUpgradeFree', { plan: plan.name });
    }
    const amount = formatMoney({ minor: preview.due.totalMinor, currency: preview.currency }, locale);
    if (isNew) return text('confirmChoose', { amount });
    if (offer.standing === 'trial') return trial('endConfirm', { amount });
    return offer.standing === 'switch' ? text('confirmSwitch', { interval, amount }) : text('confirmUpgrade', { amount });
  }

  function title(): string {
    if (isNew) return text('chooseTitle', { plan: plan.name });
    if (offer.standing === 'switch') return text('switchTitle', { interval, plan: plan.name });
    if (offer.standing === 'trial') return trial('endTitle', { plan: plan.name });
    return text('changeTitle', { direction: offer.standing, plan: plan.name });
  }

  if (owed && actions.paying) {
    return (
      <Dialog open={open} onOpenChange={show} yields={overlay} title={text('payFirstTitle', { plan: plan.name })}>
        <PayFirst owed={owed} isFirst={isNew} paying={actions.paying} onOverlay={setOverlay} onPaid={() => finish({ ok: true, value: null }, had)} />
      </Dialog>
    );
  }
  if (providerPage.opened) {
    return (
      <Dialog open={open} onOpenChange={show} title={title()}>
        <ProviderWindow opened={providerPage.opened} onEnd={providerPage.forget} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      title={title()}
      footer={
        <>
          <Button onClick={() => show(false)}>{common('cancel')}</Button>
          <Button variant="primary" disabled={renewer === null && shown.phase !== 'ready'} onClick={confirm}>
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
        {offer.renewal && <RenewalChoice offer={offer} renewal={offer.renewal} value={renewer} onChange={setRenewer} />}
        {renewer === null && offer.takesCoupon && shown.phase === 'ready' && <PlanCoupon preview={shown.preview} onUse={applyCoupon} onRemove={withoutCoupon} />}
        {renewer === null && shown.phase === 'failed' && coupon !== null && <Button onClick={withoutCoupon}>{couponText('without')}</Button>}
        {renewer === null ? <Content shown={shown} onRetry={lookAgain} /> : <p>{subscribing('renewerTerms')}</p>}
      </div>
    </Dialog>
  );
}

function Content({ shown, onRetry }: { shown: Shown; onRetry: () => void }) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  if (shown.phase === 'ready') return <ChangePreview preview={shown.preview} />;
  if (shown.phase === 'failed') {
    return (
      <Notice tone="negative" urgent title={text('previewFailed')} action={<Button onClick={onRetry}>{common('retry')}</Button>}>
        {shown.problem}
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
