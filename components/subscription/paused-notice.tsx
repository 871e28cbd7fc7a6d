'use client';

import { useTranslations } from 'next-intl';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { PlainAction } from './types';
import { useProblem } from './use-problem';

interface PausedNoticeProps {
  plan: string;
  /** The day on which it resumes by itself, as text. */
  until: string | null;
  rest: 'kept' | 'forfeited';
  /** Null for people who may only look. */
  resume: PlainAction | null;
}

/** That the subscription is paused, what this means, and the way back. */
export function PausedNotice({ plan, until, rest, resume }: PausedNoticeProps) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();

  async function end(action: PlainAction) {
    const result = await attempt(() => action({}));
    if (result.ok) notify.success(text('resumed', { plan }));
    else notify.failure(problemOf(result), { retry: () => end(action) });
  }

  return (
    <Notice
      tone="warning"
      title={until === null ? text('pausedTitle') : text('pausedUntil', { date: until })}
      action={resume && <Button onClick={() => end(resume)}>{text('resume')}</Button>}
    >
      {text('pausedNotice')} {text(rest === 'kept' ? 'pausedKept' : 'pausedForfeited')}
    </Notice>
  );
}
