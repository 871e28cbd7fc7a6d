'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import { attempt } from '@/components/ui/attempt';
import { ShrinkingList } from './shrinking-list';
import type { LimitChangeDto, PlainAction } from './types';
import { useProblem } from './use-problem';

interface CancelPlanProps {
  plan: string;
  /** The day on which the subscription would end, as text. */
  date: string;
  fallback: { name: string; shrinking: LimitChangeDto[] } | null;
  cancel: PlainAction;
}

/** Asks what a cancellation means before scheduling it. */
export function CancelPlan({ plan, date, fallback, cancel }: CancelPlanProps) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm(): Promise<boolean> {
    setFailure(null);
    const result = await attempt(() => cancel({}));
    if (result.ok) notify.success(text('canceled', { date }));
    else setFailure(problemOf(result));
    return result.ok;
  }

  return (
    <ConfirmDialog
      trigger={<Button>{text('cancel')}</Button>}
      title={text('cancelTitle', { plan })}
      description={text('cancelText', { plan, date })}
      confirmLabel={text('cancelConfirm')}
      cancelLabel={text('keepPlan', { plan })}
      tone="danger"
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-3">
        {fallback && (
          <>
            <p className="text-sm">{text('cancelFallback', { date, fallback: fallback.name })}</p>
            <ShrinkingList changes={fallback.shrinking} />
          </>
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
