import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ChangeButton } from '../change-button';
import type { ChangeTarget } from '../change-dialog';
import type { SubscriptionActions } from '../types';
import { TrialEnd, type TrialEndProps } from './trial-end';

export interface TrialNoticeProps {
  end: TrialEndProps;
  /** The day on which it ends, as text. */
  date: string;
  /** The plan on trial as it is bought, and how; null for people who may only look. */
  pay: { target: ChangeTarget; actions: SubscriptionActions } | null;
}

/** That the plan is on trial, what happens when that ends, and the way to end it by paying. */
export function TrialNotice({ end, date, pay }: TrialNoticeProps) {
  const text = useTranslations('extras.trial');
  return (
    <Notice
      tone="accent"
      title={text('running', { date })}
      action={
        pay && (
          <span className="flex flex-wrap gap-2">
            {!end.hasMethod && !end.goesOnAnyway && <ButtonLink href="/billing">{text('addMethod')}</ButtonLink>}
            <ChangeButton label={text('endNow')} target={pay.target} actions={pay.actions} />
          </span>
        )
      }
    >
      <TrialEnd {...end} />
    </Notice>
  );
}
