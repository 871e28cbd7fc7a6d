import type { TrialEndProps } from '@/components/subscription/trial/trial-end';
import type { TrialOfferDto } from '@/components/subscription/trial/trial-offer';
import type { Plan } from '@/lib/billing/catalog/catalog';
import type { Offer } from '@/lib/billing/subscriptions/subscription';
import { billingPeriod } from '@/lib/billing/time/period';
import type { Language } from '@/lib/i18n/languages';

interface Facts {
  locale: Language;
  /** The plan that remains where a trial does not become paid. */
  fallback: Offer | null;
  hasMethod: boolean;
}

/** What happens when a trial of the plan at the price ends. */
export function trialEndOf({ plan, price }: Offer, { locale, fallback, hasMethod }: Facts): TrialEndProps {
  const { interval, intervalCount, amountMinor, currency } = price;
  return {
    plan: plan.name[locale], interval, intervalCount, price: { minor: amountMinor.toString(), currency },
    fallback: fallback?.plan.name[locale] ?? null, hasMethod, goesOnAnyway: plan.trial?.paymentMethod === 'never',
  };
}

/** The trials that are offered in the currency, each at its shortest recurrence, as they would begin now. */
export function trialsOf(offered: readonly Plan[], currency: string, { now, timeZone, ...facts }: Facts & { now: Date; timeZone: string }): TrialOfferDto[] {
  return offered.flatMap((plan) => {
    const price = plan.prices.find((one) => one.currency === currency && one.amountMinor > 0n && one.interval === 'month') ?? plan.prices.find((one) => one.currency === currency && one.amountMinor > 0n);
    if (!plan.trial || !price) return [];
    const { days, paymentMethod } = plan.trial;
    const { end } = billingPeriod(now, timeZone, { interval: 'day', intervalCount: days }, 0);
    return [{ key: plan.key, days, endsAt: end.toISOString(), needsMethod: paymentMethod === 'at_start' && !facts.hasMethod, end: trialEndOf({ plan, price }, facts) }];
  });
}
