import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { CurrentPlan } from '@/components/subscription/current-plan';
import { PastSubscriptions } from '@/components/subscription/past-subscriptions';
import { PlanComparison } from '@/components/subscription/plan-comparison';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Page, PageHeader } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { listPlans } from '@/lib/billing/catalog/list-plans';
import { findFallback } from '@/lib/billing/subscriptions/find-offer';
import { listSubscriptions } from '@/lib/billing/subscriptions/get-subscription';
import { calendarDay, dayAfter } from '@/lib/billing/time/period';
import { isManaged, isRunning } from '@/lib/billing/subscriptions/subscription';
import { shrinkingLimits } from '@/lib/billing/workflows/change-plan/limits';
import { toPlain } from '@/lib/http/plain';
import { beginMethod, finishMethod } from '../billing/method-actions';
import { openPaymentPage, payNow, readPayment } from '../billing/payment-actions';
import { paymentChoices } from '../billing/payment-views';
import { beginPlan, cancelPlan, confirmChange, keepPlan, pausePlan, previewChange, previewEnd, previewResume } from './actions';
import { featureRows, planColumns, plansToCompare } from './plan-columns';
import { currentDto, pastDto } from './subscription-dto';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('subscription');
  return { title: text('title') };
}

export default async function SubscriptionPage() {
  const { context, account, role, permissions } = await requireSession();
  const [text, shell, locale, offered, history, choices] = await Promise.all([
    getTranslations('subscription'),
    getTranslations('shell'),
    getLocale(),
    listPlans(context),
    listSubscriptions(context, { page: 1, pageSize: 6 }),
    permissions.includes('payment:write') ? paymentChoices(context) : null,
  ]);
  const subscription = history.items.find(isRunning) ?? null;
  const past = history.items.filter((item) => !isRunning(item));
  const currency = subscription?.price.currency ?? account.currency;
  const plans = plansToCompare(offered, subscription);
  const fallback = findFallback(offered, currency);
  const mayChange = permissions.includes('subscription:write');
  const cancellable = mayChange && subscription !== null && fallback?.plan.key !== subscription.plan.key;

  const isOurs = subscription === null || !isManaged(subscription);

  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} />
      {!mayChange && <Notice>{text('readOnly', { role: shell(`role_${role}`) })}</Notice>}
      {subscription ? (
        <CurrentPlan
          current={currentDto(subscription, offered.find(({ key }) => key === subscription.plan.key)?.version, locale)}
          fallback={fallback && { name: fallback.plan.name[locale], shrinking: toPlain(shrinkingLimits(subscription.plan, fallback.plan)) }}
          cancel={cancellable ? { atPeriodEnd: cancelPlan, previewNow: isOurs ? previewEnd : null, confirm: confirmChange } : null}
          pause={cancellable && isOurs ? { action: pausePlan, earliest: dayAfter(calendarDay(context.clock.now(), account.timeZone)) } : null}
          keep={mayChange ? keepPlan : null}
          resume={mayChange ? { preview: previewResume, confirm: confirmChange } : null}
        />
      ) : (
        <EmptyState title={text('none')} description={text('noneDescription')} />
      )}
      <PlanComparison
        // Another account compares other plans: the chosen interval must not carry over.
        key={account.id}
        columns={planColumns(plans, subscription, currency, locale)}
        rows={featureRows(plans, locale, (unit) => (unit ? text('perMonthUnit', { unit }) : text('perMonth')))}
        currency={currency}
        current={subscription && { interval: subscription.price.interval, intervalCount: subscription.price.intervalCount }}
        actions={
          mayChange && isOurs
            ? {
                preview: previewChange,
                confirm: confirmChange,
                begin: beginPlan,
                paying: choices?.gateway
                  ? { gateway: choices.gateway, methods: choices.methods, actions: { begin: beginMethod, finish: finishMethod, pay: payNow, read: readPayment, checkout: openPaymentPage } }
                  : null,
              }
            : null
        }
      />
      {past.length > 0 && <PastSubscriptions past={past.map((item) => pastDto(item, locale))} />}
    </Page>
  );
}
