import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatDate } from '@/lib/i18n/format';
import { ChangeButton } from './change-button';
import type { ChangeTarget } from './change-dialog';
import type { SubscriptionActions } from './types';

interface StartAgainProps {
  target: ChangeTarget;
  /** When it ended, ISO 8601. */
  endedAt: string;
  actions: SubscriptionActions;
}

/** The way back to the plan that ended last. */
export function StartAgain({ target, endedAt, actions }: StartAgainProps) {
  const text = useTranslations('extras.again');
  const plan = target.plan.name;
  const date = formatDate(endedAt, useLocale(), useTimeZone() ?? 'UTC');
  return (
    <Notice title={text('title', { plan, date })} action={<ChangeButton label={text('button', { plan })} variant="primary" target={target} actions={actions} />}>
      {text('text')}
    </Notice>
  );
}
