'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button, ButtonLink } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { formatDate } from '@/lib/i18n/format';
import type { WantedPlan } from '../types';
import { useProblem } from '../use-problem';
import { TrialEnd, type TrialEndProps } from './trial-end';

/** A trial that the account may begin. */
export interface TrialOfferDto {
  key: string;
  days: number;
  /** When it would end, ISO 8601. */
  endsAt: string;
  /** Whether it asks for a payment method that is not there. */
  needsMethod: boolean;
  end: TrialEndProps;
}

export type BeginTrial = (wanted: WantedPlan) => Promise<ActionResult<unknown>>;

/** Offers the trial of a plan, and says before it begins what happens when it ends. */
export function TrialOffer({ offer: { key, days, endsAt, needsMethod, end }, begin }: { offer: TrialOfferDto; begin: BeginTrial }) {
  const text = useTranslations('extras.trial');
  const notify = useNotify();
  const problemOf = useProblem();
  const [error, setError] = useState<string | null>(null);
  const { plan, interval, intervalCount } = end;
  const date = formatDate(endsAt, useLocale(), useTimeZone() ?? 'UTC');

  async function confirm(): Promise<boolean> {
    setError(null);
    const result = await attempt(() => begin({ plan: key, interval, intervalCount }));
    if (result.ok) notify.success(text('begun', { plan }));
    else setError(problemOf(result));
    return result.ok;
  }

  return (
    <Notice
      tone="accent"
      title={text('offer', { plan, days })}
      action={
        needsMethod ? (
          <ButtonLink href="/billing">{text('addMethod')}</ButtonLink>
        ) : (
          <ConfirmDialog
            trigger={<Button>{text('begin')}</Button>}
            title={text('title', { plan, date })}
            description={text('text', { plan, date })}
            confirmLabel={text('begin')}
            error={error}
            onConfirm={confirm}
          >
            <h3 className="text-sm font-medium">{text('then', { date })}</h3>
            <p className="mt-1 text-sm text-ink-muted">
              <TrialEnd {...end} />
            </p>
            <p className="mt-3 text-sm text-ink-muted">{text('once')}</p>
          </ConfirmDialog>
        )
      }
    >
      {text(needsMethod ? 'methodFirst' : 'offerText')}
    </Notice>
  );
}
