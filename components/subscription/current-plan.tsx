import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { DateTime, Period } from '@/components/ui/values';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { CancelPlan } from './cancel-plan';
import { HeldCoupon, HeldItems } from './held';
import { PriceText } from './price-text';
import { ScheduledNotice } from './scheduled-notice';
import { StatusBadge } from './status-badge';
import type { CurrentDto, LimitChangeDto, PlainAction } from './types';

interface CurrentPlanProps {
  current: CurrentDto;
  /** The plan that remains after a cancellation, and what it grants less. */
  fallback: { name: string; shrinking: LimitChangeDto[] } | null;
  /** Null where nothing can be cancelled, or not by this person. */
  cancel: PlainAction | null;
  keep: PlainAction | null;
}

const borderTerms = { cancellation: 'ending', change: 'changing', none: 'renewal' } as const;

/** What is subscribed to, what it costs, and what happens when the period ends. */
export function CurrentPlan({ current, fallback, cancel, keep }: CurrentPlanProps) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  const date = formatDate(current.period.end, locale, useTimeZone() ?? 'UTC');
  const { plan, status, scheduled } = current;
  const { next } = current;
  const nothingDue = scheduled?.kind === 'cancellation' || status === 'paused' || BigInt(next.minor) === 0n;

  return (
    <Section title={text('currentPlan')}>
      {status === 'past_due' && (
        <Notice tone="negative" title={text('pastDueTitle')} action={<ButtonLink href="/billing">{text('toBilling')}</ButtonLink>}>
          {text('pastDue')}
        </Notice>
      )}
      {status === 'paused' && <Notice tone="warning">{text('pausedNotice')}</Notice>}
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
          {cancel && scheduled?.kind !== 'cancellation' && <CancelPlan plan={plan} date={date} fallback={fallback} cancel={cancel} />}
        </div>
        <DescriptionList
          items={[
            { term: text('period'), value: <Period value={current.period} /> },
            { term: text(borderTerms[scheduled?.kind ?? 'none']), value: <DateTime value={current.period.end} /> },
            { term: text('nextCharge'), value: nothingDue ? text('nothingDue') : text('nextChargeHint', { amount: formatMoney(next, locale), date }) },
            ...(current.items.length > 0 ? [{ term: text('items'), value: <HeldItems items={current.items} date={date} /> }] : []),
            ...(current.coupon ? [{ term: text('coupon'), value: <HeldCoupon coupon={current.coupon} /> }] : []),
            { term: text('since'), value: <DateTime value={current.startedAt} /> },
          ]}
        />
        {current.earlierVersion && <p className="pt-3 text-sm text-ink-muted">{text('earlierVersion')}</p>}
      </Card>
    </Section>
  );
}
