'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { ResumeActions, ResumptionPreviewDto } from './types';
import { useProblem } from './use-problem';

const ResumeDialog = dynamic(() => import('./resume-dialog').then((module) => module.ResumeDialog), { ssr: false });

interface PausedNoticeProps {
  plan: string;
  /** The day on which it resumes by itself, as text. */
  until: string | null;
  rest: 'kept' | 'forfeited';
  /** Null for people who may only look. */
  resume: ResumeActions | null;
}

/** That the subscription is paused, what this means, and the way back: at once where that costs nothing, else once the charge was seen. */
export function PausedNotice({ plan, until, rest, resume }: PausedNoticeProps) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();
  const [shown, setShown] = useState<ResumptionPreviewDto | null>(null);

  async function look({ preview, confirm }: ResumeActions) {
    const result = await attempt(() => preview({}));
    if (!result.ok) return notify.failure(problemOf(result), { retry: () => look({ preview, confirm }) });
    if (result.value.due.totalMinor !== '0') return setShown(result.value);
    const done = await attempt(() => confirm({ quoteId: result.value.quote.id }));
    if (done.ok) notify.success(text('resumed', { plan }));
    else notify.failure(problemOf(done), { retry: () => look({ preview, confirm }) });
  }

  return (
    <>
      <Notice
        tone="warning"
        title={until === null ? text('pausedTitle') : text('pausedUntil', { date: until })}
        action={resume && <Button onClick={() => look(resume)}>{text('resume')}</Button>}
      >
        {text('pausedNotice')} {text(rest === 'kept' ? 'pausedKept' : 'pausedForfeited')}
      </Notice>
      {resume && shown && <ResumeDialog plan={plan} first={shown} actions={resume} onClose={() => setShown(null)} />}
    </>
  );
}
