import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { CheckoutReturn } from '@/components/payments/checkout-return';
import { AwaitedNotice } from '@/components/subscription/awaited-notice';
import { CouponOffer } from '@/components/subscription/coupon/coupon-offer';
import { CurrentPlan } from '@/components/subscription/current-plan';
import { ExtrasSection } from '@/components/subscription/extras/extras-section';
import { PastSubscriptions } from '@/components/subscription/past-subscriptions';
import { PlanComparison } from '@/components/subscription/plan-comparison';
import { StartAgain } from '@/components/subscription/start-again';
import { TrialOffer } from '@/components/subscription/trial/trial-offer';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Card, Page, PageHeader } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { listAddons } from '@/lib/billing/catalog/addons/list-addons';
import { isRunning as counts } from '@/lib/billing/catalog/coupons/coupon';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { listPlans } from '@/lib/billing/catalog/list-plans';
import { findFallback } from '@/lib/billing/subscriptions/find-offer';
import { listSubscriptions } from '@/lib/billing/subscriptions/get-subscription';
import { calendarDay, dayAfter } from '@/lib/billing/time/period';
import { isManaged, isRunning } from '@/lib/billing/subscriptions/subscription';
import { mayBeginTrial } from '@/lib/billing/workflows/begin-trial';
import { shrinkingLimits } from '@/lib/billing/workflows/change-plan/limits';
import { hasPaymentMethod } from '@/lib/billing/workflows/payment-method';
import { toPlain } from '@/lib/http/plain';
import { beginMethod, finishMethod } from '../billing/method-actions';
import { billingQuery } from '../billing/address';
import { payNow, readCheckout, readPayment } from '../billing/payment-actions';
import { paymentChoices, returnedCheckout } from '../billing/payment-views';
import {
  cancelPlan, changeCharged, confirmChange, giveUp, keepPlan, lookAtCoupon, lookAtRemoval, openPlanPage, openRenewalPage, pausePlan, previewChange, previewEnd, previewItem, previewResume, readAwaitedChange,
  startTrial,
} from './actions';
import { awaitedDto } from './awaited-dto';
import { extrasOf } from './extras-dto';
import { chargedDto, renewalsOf } from './managed-dto';
import { featureRows, planColumns, plansToCompare, targetOf } from './plan-columns';
import { currentDto, pastDto, takesCoupon } from './subscription-dto';
import { trialEndOf, trialsOf } from './trial-dto';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('subscription');
  return { title: text('title') };
}

export default async function SubscriptionPage({ searchParams }: PageProps<'/subscription'>) {
  const { context, account, role, permissions } = await requireSession();
  const { checkout } = billingQuery.parse(await searchParams);
  const returned = await returnedCheckout(context, checkout);
  const [text, shell, locale, offered, features, addons, history, choices, hasMethod, trialIsOpen] = await Promise.all([
    getTranslations('subscription'),
    getTranslations('shell'),
    getLocale(),
    listPlans(context),
    listFeatures(),
    listAddons(context),
    listSubscriptions(context, { page: 1, pageSize: 6 }),
    permissions.includes('payment:write') ? paymentChoices(context) : null,
    hasPaymentMethod(context),
    mayBeginTrial(context),
  ]);
  const subscription = history.items.find(isRunning) ?? null;
  const past = history.items.filter((item) => !isRunning(item));
  const currency = subscription?.price.currency ?? account.currency;
  const plans = plansToCompare(offered, subscription);
  const fallback = findFallback(offered, currency);
  const mayChange = permissions.includes('subscription:write');
  const cancellable = mayChange && subscription !== null && fallback?.plan.key !== subscription.plan.key;

  const isOurs = subscription === null || !isManaged(subscription);
  const [awaited, renewals, charged] = await Promise.all([
    awaitedDto(context, offered, locale),
    renewalsOf(context, choices?.gateway != null, currency),
    subscription && !isOurs ? chargedDto(context, subscription, choices?.methods ?? []) : null,
  ]);
  const storing = { begin: beginMethod, finish: finishMethod };
  const paying = choices?.gateway
    ? { gateway: choices.gateway, methods: choices.methods, actions: { ...storing, pay: payNow, read: readPayment, checkout: openPlanPage } }
    : null;
  const columns = planColumns(plans, subscription, renewals, locale);
  const actions = mayChange && isOurs ? { preview: previewChange, confirm: confirmChange, paying, openRenewal: openRenewalPage } : null;
  const trialFacts = { locale, fallback, hasMethod };
  const trials = actions && trialIsOpen ? trialsOf(offered, currency, { ...trialFacts, now: context.clock.now(), timeZone: account.timeZone }) : [];
  const onTrial = subscription?.status === 'trialing' ? targetOf(columns, subscription) : null;
  const extras = subscription && isOurs ? extrasOf(subscription, features, addons, locale) : [];
  const last = subscription === null || subscription.price.amountMinor === 0n ? past.find(({ price }) => price.amountMinor > 0n) : undefined;
  const again = last && targetOf(columns, last);

  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} />
      {!mayChange && <Notice>{text('readOnly', { role: shell(`role_${role}`) })}</Notice>}
      {checkout && <CheckoutReturn key={checkout} first={returned} read={readCheckout} pageHref="/subscription" />}
      {awaited && (
        <AwaitedNotice key={awaited.quoteId} awaited={awaited} paying={mayChange ? paying : null} actions={{ read: readAwaitedChange, giveUp: mayChange ? giveUp : null }} />
      )}
      {subscription ? (
        <CurrentPlan
          current={currentDto(subscription, offered.find(({ key }) => key === subscription.plan.key)?.version, locale)}
          fallback={fallback && { name: fallback.plan.name[locale], shrinking: toPlain(shrinkingLimits(subscription.plan, fallback.plan)) }}
          cancel={cancellable ? { atPeriodEnd: cancelPlan, previewNow: isOurs ? previewEnd : null, confirm: confirmChange } : null}
          pause={cancellable && isOurs ? { action: pausePlan, earliest: dayAfter(calendarDay(context.clock.now(), account.timeZone)) } : null}
          keep={mayChange ? keepPlan : null}
          resume={mayChange ? { preview: previewResume, confirm: confirmChange } : null}
          removal={actions && subscription.coupon && counts(subscription.coupon) ? { preview: lookAtRemoval, confirm: confirmChange } : null}
          trial={subscription.status === 'trialing' ? { end: trialEndOf(subscription, trialFacts), pay: onTrial && actions && { target: onTrial, actions } } : null}
          charged={charged && { charged: charged.charged, actions: charged.isChangeable && paying ? { ...storing, gateway: paying.gateway.name === subscription.managedBy ? paying.gateway : null, change: changeCharged } : null }}
        />
      ) : (
        <Card padding="none">
          <EmptyState title={text('none')} description={text('noneDescription')} />
        </Card>
      )}
      {again && actions && last?.endedAt && <StartAgain target={again} endedAt={last.endedAt.toISOString()} actions={actions} />}
      {trials.map((offer) => (
        <TrialOffer key={offer.key} offer={offer} begin={startTrial} />
      ))}
      {subscription && extras.length > 0 && (
        <ExtrasSection
          key={subscription.id}
          extras={extras}
          base={{ interval: subscription.price.interval, intervalCount: subscription.price.intervalCount, currency, periodEnd: subscription.currentPeriod.end.toISOString(), inTrial: subscription.status === 'trialing', hasMethod }}
          actions={actions && subscription.status !== 'paused' ? { preview: previewItem, confirm: confirmChange } : null}
        />
      )}
      {subscription && actions && takesCoupon(subscription) && <CouponOffer actions={{ preview: lookAtCoupon, confirm: confirmChange }} />}
      <PlanComparison
        // Another account compares other plans: the chosen interval must not carry over.
        key={account.id}
        columns={columns}
        rows={featureRows(plans, locale, (unit) => (unit ? text('perMonthUnit', { unit }) : text('perMonth')))}
        currency={currency}
        current={subscription && { interval: subscription.price.interval, intervalCount: subscription.price.intervalCount }}
        actions={actions}
      />
      {past.length > 0 && <PastSubscriptions past={past.map((item) => pastDto(item, locale))} />}
    </Page>
  );
}
