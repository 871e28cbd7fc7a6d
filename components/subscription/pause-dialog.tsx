'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { RadioGroup } from '@/components/ui/choice';
import { ConfirmDialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { TextField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { PauseAction } from './types';
import { useProblem } from './use-problem';

const rests = ['kept', 'forfeited'] as const;

export interface PausePlanProps {
  plan: string;
  pause: PauseAction;
  /** Tomorrow, as a calendar day. */
  earliest: string;
}

/** Asks what becomes of the rest of the period, and when the pause ends. */
export function PauseDialog({ plan, pause, earliest, open, onOpenChange }: PausePlanProps & OpenedBy) {
  const text = useTranslations('subscription');
  const notify = useNotify();
  const problemOf = useProblem();
  const [unusedRest, setUnusedRest] = useState<(typeof rests)[number]>('kept');
  const [resumesOn, setResumesOn] = useState('');
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm(): Promise<boolean> {
    setFailure(null);
    const result = await attempt(() => pause({ unusedRest, ...(resumesOn && { resumesOn }) }));
    if (result.ok) notify.success(text('paused', { plan }));
    else setFailure(problemOf(result));
    return result.ok;
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={text('pauseTitle', { plan })}
      description={text('pauseText')}
      confirmLabel={text('pauseConfirm')}
      cancelLabel={text('keepPlan', { plan })}
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-4">
        <RadioGroup
          cards
          legend={text('pauseRest')}
          name="pause-rest"
          value={unusedRest}
          onValueChange={(value) => setUnusedRest(value as typeof unusedRest)}
          options={rests.map((value) => ({ value, label: text(`pauseRest_${value}`), hint: text(`pauseRest_${value}_hint`) }))}
        />
        <TextField type="date" label={text('pauseUntil')} hint={text('pauseUntilHint')} optional min={earliest} value={resumesOn} onChange={(event) => setResumesOn(event.target.value)} />
        {failure && (
          <Notice tone="negative" urgent title={text('failed')}>
            {failure}
          </Notice>
        )}
      </div>
    </ConfirmDialog>
  );
}
