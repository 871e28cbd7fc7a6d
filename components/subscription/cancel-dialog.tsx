'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { RadioGroup } from '@/components/ui/choice';
import { ConfirmDialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { SelectField, TextField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useNotify } from '@/components/ui/toast';
import { CancellationCharge } from './cancellation-charge';
import { ShrinkingList } from './shrinking-list';
import { cancellationCauses, type CancelActions, type CancellationCause, type CancellationPreviewDto, type LimitChangeDto } from './types';
import { useProblem } from './use-problem';

export interface CancelPlanProps {
  plan: string;
  /** The day on which the subscription would end, as text; null where no period ends, as in a pause. */
  date: string | null;
  fallback: { name: string; shrinking: LimitChangeDto[] } | null;
  actions: CancelActions;
}

const ways = ['period_end', 'now_with_credit', 'now'] as const;
type Way = (typeof ways)[number];
type Shown = 'loading' | CancellationPreviewDto | null;

/** Asks what a cancellation means before scheduling it, or shows what an end at once charges and gives back. */
export function CancelDialog({ plan, date, fallback, actions, open, onOpenChange }: CancelPlanProps & OpenedBy) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();
  const [way, setWay] = useState<Way>(date === null ? 'now_with_credit' : 'period_end');
  const [cause, setCause] = useState<CancellationCause | ''>('');
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<Shown>(null);
  const [failure, setFailure] = useState<string | null>(null);
  // Only the answer to the last question counts.
  const asked = useRef(0);

  const { previewNow } = actions;

  const reasons = { ...(cause && { cause }), ...(reason.trim() && { reason: reason.trim() }) };
  const ask = (preview: NonNullable<typeof previewNow>, chosen: Way) => attempt(() => preview({ credit: chosen === 'now_with_credit', ...reasons }));

  async function look(next: Way) {
    setWay(next);
    setFailure(null);
    asked.current += 1;
    if (next === 'period_end' || !previewNow) return setShown(null);
    const turn = asked.current;
    setShown('loading');
    const result = await ask(previewNow, next);
    if (turn !== asked.current) return;
    setShown(result.ok ? result.value : null);
    if (!result.ok) setFailure(problemOf(result));
  }

  async function confirm(): Promise<boolean> {
    setFailure(null);
    if (way === 'period_end' || !previewNow) {
      const result = await attempt(() => actions.atPeriodEnd(reasons));
      if (result.ok) notify.success(text('canceled', { date: date ?? '' }));
      else setFailure(problemOf(result));
      return result.ok;
    }
    if (shown === null || shown === 'loading') {
      await look(way);
      return false;
    }
    // The reasons are kept with the quote, so what was said since takes a new quote, for the same amounts or none.
    const quoted = cause === '' && reason === '' ? ({ ok: true, value: shown } as const) : await ask(previewNow, way);
    if (!quoted.ok) {
      setFailure(problemOf(quoted));
      return false;
    }
    if (quoted.value.creditedMinor !== shown.creditedMinor || quoted.value.due.totalMinor !== shown.due.totalMinor) {
      setShown(quoted.value);
      setFailure(text('amountChanged'));
      return false;
    }
    const result = await attempt(() => actions.confirm({ quoteId: quoted.value.quote.id }));
    if (result.ok) {
      notify.success(text('endedNow', { plan }));
      return true;
    }
    if (result.code === 'preview_outdated') await look(way);
    setFailure(problemOf(result));
    return false;
  }

  const options = ways
    .filter((one) => (one === 'period_end' ? date !== null : previewNow !== null))
    .map((value) => ({ value, label: text(`cancelWay_${value}`, { date: date ?? '' }), hint: text(`cancelWay_${value}_hint`) }));

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text('cancelTitle', { plan })}
      description={way === 'period_end' ? text('cancelText', { plan, date: date ?? '' }) : text('cancelNowText', { plan })}
      confirmLabel={way === 'period_end' ? text('cancelConfirm') : text('cancelNowConfirm')}
      cancelLabel={text('keepPlan', { plan })}
      tone="danger"
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-4">
        <RadioGroup cards legend={text('cancelWhen')} name="cancel-when" value={way} onValueChange={(value) => void look(value as Way)} options={options} />
        <SelectField
          label={text('cancelCause')}
          optional
          placeholder={text('cancelCauseNone')}
          value={cause}
          options={cancellationCauses.map((value) => ({ value, label: text(`cancelCause_${value}`) }))}
          onChange={(event) => setCause(event.target.value as CancellationCause | '')}
        />
        <TextField
          label={text('cancelReason')}
          optional
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
        />
        {shown === 'loading' && (
          <Loading>
            <Skeleton className="h-16 w-full" />
          </Loading>
        )}
        {shown !== null && shown !== 'loading' && <CancellationCharge preview={shown} />}
        {fallback && (
          <div className="flex flex-col gap-2">
            <p className="text-sm">{way === 'period_end' ? text('cancelFallback', { date: date ?? '', fallback: fallback.name }) : text('cancelFallbackNow', { fallback: fallback.name })}</p>
            <ShrinkingList changes={fallback.shrinking} />
          </div>
        )}
        {failure && (
          <Notice tone="negative" urgent title={text('failed')}>
            {failure}
          </Notice>
        )}
      </div>
    </ConfirmDialog>
  );
}
