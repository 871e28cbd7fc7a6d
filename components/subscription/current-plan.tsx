import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { DateTime, Period } from '@/components/ui/values';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { CancelPlan } from './cancel-plan';
import { ChargedTo } from './charged-to';
import { HeldCoupon, HeldItems } from './held';
import { PausePlan } from './pause-plan';
import { PausedNotice } from './paused-notice';
import { PriceText } from './price-text';
import { ScheduledNotice } from './scheduled-notice';
import { StatusBadge } from './status-badge';
import { TrialNotice, type TrialNoticeProps } from './trial/trial-notice';
import type { CancelActions, ChargedActions, ChargedDto, CurrentDto, LimitChangeDto, PauseAction, PlainAction, RemovalActions, ResumeActions } from './types';

interface CurrentPlanProps {
  current: CurrentDto;
  /** The plan that remains after a cancellation, and what it grants less. */
  fallback: { name: string; shrinking: LimitChangeDto[] } | null;
  /** Null where nothing can be cancelled, or not by this person. */
  cancel: CancelActions | null;
  /** Null where there is nothing to pause, or not by this person. `earliest`: the first day on which it may resume. */
  pause: { action: PauseAction; earliest: string } | null;
  /** Undoes what is scheduled and ends a pause. */
  keep: PlainAction | null;
  resume: ResumeActions | null;
  /** Null unless it is on trial. */
  trial: Omit<TrialNoticeProps, 'date'> | null;
  /** Null where no coupon counts for periods to come, or it is not this person's to take off. */
  removal?: RemovalActions | null;
  /** What the provider charges that renews it; null: we renew it. */
  charged?: { charged: ChargedDto; actions: ChargedActions | null } | null;
}

const borderTerms = { cancellation: 'ending', change: 'changing', none: 'renewal', trial: 'trialEnd' } as const;

/** What is subscribed to, what it costs, and what happens when the period ends. */
export function CurrentPlan({ current, fallback, cancel, pause, keep, resume, trial, charged, removal = null }: CurrentPlanProps) {
  const text = useTranslations('subscription');
  const subscribing = useTranslations('subscribing');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const date = formatDate(current.period.end, locale, timeZone);
  const { plan, status, scheduled, managedBy } = current;
  const { next } = current;
  const nothingDue = scheduled?.kind === 'cancellation' || status === 'paused' || BigInt(next.minor) === 0n;
  const lapses = trial !== null && !scheduled && !trial.end.hasMethod && !trial.end.goesOnAnyway;
  const border = borderTerms[scheduled?.kind ?? (trial ? 'trial' : 'none')];
  const nextCharge = text(nothingDue ? 'nothingDue' : lapses ? 'nextChargeIfMethod' : 'nextChargeHint', { amount: formatMoney(next, locale), date });

  return (
    <Section title={text('currentPlan')}>
      {status === 'past_due' && (
        <Notice tone="negative" title={text('pastDueTitle')} action={<ButtonLink href="/billing">{text('toBilling')}</ButtonLink>}>
          {managedBy ? text('managedPastDue', { provider: managedBy }) : text('pastDue')}
        </Notice>
      )}
      {managedBy && <Notice title={text('managed', { provider: managedBy })}>{text('managedText', { provider: managedBy })}</Notice>}
      {current.pause && <PausedNotice plan={plan} rest={current.pause.rest} until={current.pause.until && formatDate(current.pause.until, locale, timeZone)} resume={resume} />}
      {trial && !scheduled && <TrialNotice {...trial} date={date} />}
      {scheduled && <ScheduledNotice plan={plan} scheduled={scheduled} date={date} fallback={fallback?.name} keep={keep} />}
      <Card>
        <div className="flex flex-wrap items-start justify-between gap-4 pb-3">
          <div className="flex flex-col gap-1">
            <p className="flex items-center gap-2">
              <span className="text-xl font-semibold">{plan}</span>
              <StatusBadge status={status} />
            </p>
            <PriceText {...current} />
          </div>
          <div className="flex flex-wrap gap-2">
            {pause && !scheduled && status === 'active' && <PausePlan plan={plan} pause={pause.action} earliest={pause.earliest} />}
            {cancel && scheduled?.kind !== 'cancellation' && <CancelPlan plan={plan} date={status === 'paused' ? null : date} fallback={fallback} actions={cancel} />}
          </div>
        </div>
        <DescriptionList
          items={[
            { term: text('period'), value: <Period value={current.period} /> },
            ...(current.byCalendar ? [{ term: text('alignment'), value: text('alignmentCalendar') }] : []),
            // A pause stands still: where its period ends is known when it does.
            ...(status === 'paused' ? [] : [{ term: text(border), value: <DateTime value={current.period.end} /> }]),
            { term: text('nextCharge'), value: nextCharge },
            ...(charged ? [{ term: subscribing('chargedTo'), value: <ChargedTo {...charged} /> }] : []),
            ...(current.items.length > 0 ? [{ term: text('items'), value: <HeldItems items={current.items} date={date} /> }] : []),
            ...(current.coupon ? [{ term: text('coupon'), value: <HeldCoupon coupon={current.coupon} removal={removal} /> }] : []),
            { term: text('since'), value: <DateTime value={current.startedAt} /> },
          ]}
        />
        {current.earlierVersion && <p className="pt-3 text-sm text-ink-muted">{text('earlierVersion')}</p>}
      </Card>
    </Section>
  );
}
