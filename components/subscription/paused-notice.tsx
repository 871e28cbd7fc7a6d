'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import { formatMoney } from '@/lib/i18n/format';
import { ChargeTable } from './charge-table';
import type { ResumeActions, ResumptionPreviewDto } from './types';
import { useProblem } from './use-problem';

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
  const common = useTranslations('common');
  const locale = useLocale();
  const notify = useNotify();
  const problemOf = useProblem();
  const [shown, setShown] = useState<ResumptionPreviewDto | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function look({ preview, confirm }: ResumeActions) {
    const result = await attempt(() => preview({}));
    if (!result.ok) return notify.failure(problemOf(result), { retry: () => look({ preview, confirm }) });
    if (result.value.due.totalMinor !== '0') return setShown(result.value);
    const done = await attempt(() => confirm({ quoteId: result.value.quote.id }));
    if (done.ok) notify.success(text('resumed', { plan }));
    else notify.failure(problemOf(done), { retry: () => look({ preview, confirm }) });
  }

  function close() {
    setShown(null);
    setFailure(null);
  }

  // What failed before stays until the answer is there, so that the button stays under a double click.
  async function end(actions: ResumeActions, { quote }: ResumptionPreviewDto) {
    const result = await attempt(() => actions.confirm({ quoteId: quote.id }));
    if (result.ok) {
      notify.success(text('resumed', { plan }));
      return close();
    }
    setFailure(problemOf(result));
    if (result.code !== 'preview_outdated') return;
    const again = await attempt(() => actions.preview({}));
    if (again.ok) setShown(again.value);
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
      {resume && shown && (
        <Dialog
          open
          onOpenChange={(open) => open || close()}
          title={text('resumeTitle', { plan })}
          footer={
            <>
              <Button onClick={close}>{common('cancel')}</Button>
              <Button variant="primary" onClick={() => end(resume, shown)}>
                {text('resumeFor', { amount: formatMoney({ minor: shown.due.totalMinor, currency: shown.currency }, locale) })}
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
            <p className="text-sm">{text('resumeText')}</p>
            <ChargeTable charge={shown.due} currency={shown.currency} />
          </div>
        </Dialog>
      )}
    </>
  );
}
