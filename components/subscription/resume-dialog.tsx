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

interface ResumeDialogProps {
  plan: string;
  /** What was asked before it opened. */
  first: ResumptionPreviewDto;
  actions: ResumeActions;
  onClose: () => void;
}

/** Shows what the end of a pause charges, and ends it once that was seen. */
export function ResumeDialog({ plan, first, actions: { preview, confirm }, onClose }: ResumeDialogProps) {
  const text = useTranslations('subscription');
  const common = useTranslations('common');
  const locale = useLocale();
  const notify = useNotify();
  const problemOf = useProblem();
  const [{ quote, due, currency }, setShown] = useState(first);
  const [failure, setFailure] = useState<string | null>(null);

  // What failed before stays until the answer is there, so that the button stays under a double click.
  async function end() {
    const result = await attempt(() => confirm({ quoteId: quote.id }));
    if (result.ok) {
      notify.success(text('resumed', { plan }));
      return onClose();
    }
    setFailure(problemOf(result));
    if (result.code !== 'preview_outdated') return;
    const again = await attempt(() => preview({}));
    if (again.ok) setShown(again.value);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={text('resumeTitle', { plan })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" onClick={end}>
            {text('resumeFor', { amount: formatMoney({ minor: due.totalMinor, currency }, locale) })}
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
        <ChargeTable charge={due} currency={currency} />
      </div>
    </Dialog>
  );
}
