import type { ChangeTarget } from '@/components/subscription/change-dialog';
import type { FeatureRowDto, GrantDto, OfferDto, PlanColumnDto, Standing } from '@/components/subscription/types';
import type { Entitlement, Plan, Price } from '@/lib/billing/catalog/catalog';
import { isRunning as counts } from '@/lib/billing/catalog/coupons/coupon';
import { directionOf, isSameOffer } from '@/lib/billing/subscriptions/direction';
import { isManaged, type Offer, type Subscription } from '@/lib/billing/subscriptions/subscription';
import { isPaid } from '@/lib/billing/workflows/change-plan/decide';
import type { Language } from '@/lib/i18n/languages';
import { renewalOf, type Renewals } from './managed-dto';

function standingOf(subscription: Subscription | null, offer: Offer): Standing {
  if (!subscription) return 'new';
  if (isSameOffer(subscription, offer)) return subscription.status === 'trialing' ? 'trial' : 'current';
  if (subscription.pendingPrice && isSameOffer(subscription.pendingPrice, offer)) return 'scheduled';
  if (subscription.plan.key === offer.plan.key) return 'switch';
  return directionOf(subscription, offer);
}

/** The share saved by a year at once against twelve months, rounded down to a whole percent; null when nothing is saved. */
function savingOf(price: Price, plan: Plan): number | null {
  const month = plan.prices.find((other) => other.currency === price.currency && other.interval === 'month' && other.intervalCount === 1);
  if (price.interval !== 'year' || price.intervalCount !== 1 || !month) return null;
  const twelve = month.amountMinor * 12n;
  return twelve > price.amountMinor ? Number(((twelve - price.amountMinor) * 100n) / twelve) / 100 : null;
}

function grantOf(granted: Entitlement, currency: string): GrantDto {
  const overage = granted.policy === 'overage' ? (granted.overage[currency] ?? null) : null;
  return {
    limit: granted.limit?.toString() ?? null,
    enabled: granted.enabled,
    allowed: granted.allowed,
    overage,
    overageVaries: granted.overageSchemes?.[currency] !== undefined,
    reset: granted.reset,
    rolloverCap: granted.rolloverCap?.toString() ?? null,
    rates: granted.rates.map(({ window, quantity }) => ({ window, quantity: quantity.toString() })),
  };
}

/** Whether the price is the first that the account pays, so that a coupon may come with it. */
function beginsPaying(subscription: Subscription | null, price: Price): boolean {
  if (price.amountMinor === 0n || !subscription) return price.amountMinor > 0n;
  return !isManaged(subscription) && !isPaid(subscription) && !(subscription.coupon && counts(subscription.coupon));
}

/** The plans to compare: those on offer, and the plan of the subscription in the version that was sold. */
export function plansToCompare(offered: readonly Plan[], subscription: Subscription | null): Plan[] {
  if (!subscription) return [...offered];
  const sold = subscription.plan;
  const others = offered.filter(({ key }) => key !== sold.key);
  const newest = offered.find(({ key }) => key === sold.key);
  const elsewhere = (newest?.prices ?? []).filter((price) => price.interval !== subscription.price.interval || price.intervalCount !== subscription.price.intervalCount);
  return [...others, { ...sold, prices: [subscription.price, ...elsewhere] }].sort((one, other) => one.rank - other.rank);
}

/** The columns of the comparison, in the reader's language and the currency of the account. */
export function planColumns(plans: readonly Plan[], subscription: Subscription | null, renewals: Renewals, locale: Language): PlanColumnDto[] {
  const { currency } = renewals;
  return plans.map((plan) => ({
    key: plan.key,
    name: plan.name[locale],
    description: plan.description[locale],
    offers: plan.prices
      .filter((price) => price.currency === currency)
      .map((price): OfferDto => ({
        interval: price.interval,
        intervalCount: price.intervalCount,
        price: { minor: price.amountMinor.toString(), currency },
        standing: standingOf(subscription, { plan, price }),
        saving: savingOf(price, plan),
        takesCoupon: beginsPaying(subscription, price),
        renewal: renewalOf(renewals, plan.key, price),
      })),
    grants: Object.fromEntries(plan.entitlements.map((granted) => [granted.feature.key, grantOf(granted, currency)])),
  }));
}

/**
 * The rows of the comparison: every feature that one of the plans grants, in the order of the catalog. `perPeriod` says
 * in words that a quantity is granted anew each quota period.
 */
export function featureRows(plans: readonly Plan[], locale: Language, perPeriod: (unit: string | null) => string): FeatureRowDto[] {
  const rows = new Map<string, FeatureRowDto>();
  for (const { feature } of plans.flatMap((plan) => plan.entitlements)) {
    const name = feature.name[locale];
    const word = feature.unit[locale];
    const unit = word === '' || name.toLowerCase().includes(word.toLowerCase()) ? null : word;
    const metered = feature.kind === 'metered';
    rows.set(feature.key, { key: feature.key, kind: feature.kind, name, note: metered ? perPeriod(unit) : null, unit: metered ? null : unit });
  }
  return [...rows.values()];
}

/** The plan and price of the offer as the comparison shows them; null where they are not compared. */
export function targetOf(columns: readonly PlanColumnDto[], { plan, price }: Offer): ChangeTarget | null {
  const column = columns.find(({ key }) => key === plan.key);
  const offer = column?.offers.find(({ interval, intervalCount }) => interval === price.interval && intervalCount === price.intervalCount);
  return column && offer ? { plan: column, offer } : null;
}
