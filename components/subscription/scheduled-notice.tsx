import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { KeepPlan } from './keep-plan';
import type { CurrentDto, PlainAction } from './types';

interface ScheduledNoticeProps {
  plan: string;
  scheduled: NonNullable<CurrentDto['scheduled']>;
  /** The day on which it happens, as text. */
  date: string;
  /** The plan that remains after a cancellation. */
  fallback: string | undefined;
  keep: PlainAction | null;
}

/** What happens at the period end, with the way back. */
export function ScheduledNotice({ plan, scheduled, date, fallback, keep }: ScheduledNoticeProps) {
  const text = useTranslations('subscription');
  const action = keep && <KeepPlan plan={plan} keep={keep} />;
  if (scheduled.kind === 'change') {
    return (
      <Notice tone="warning" title={text('scheduledDowngrade', { plan: scheduled.plan, date })} action={action}>
        {text('scheduledDowngradeText', { current: plan })}
      </Notice>
    );
  }
  return (
    <Notice tone="warning" title={text('scheduledCancellation', { date })} action={action}>
      {fallback ? text('scheduledCancellationText', { current: plan, fallback }) : text('scheduledCancellationPlain', { current: plan })}
    </Notice>
  );
}
