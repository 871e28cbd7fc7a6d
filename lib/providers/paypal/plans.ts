import { IntervalUnit, PlanRequestStatus, TenureType, type BillingPlan, type SubscriptionBillingCycle } from '@paypal/paypal-server-sdk';
import type { ManagedPlan } from '@/lib/billing/payments/gateway/subscriptions';
import { billingPeriod } from '@/lib/billing/time/period';
import { toPayPal } from './amounts';
import type { PayPal } from './client';
import { asGatewayError, asking, problemOf } from './failures';

const units: Record<ManagedPlan['interval'], IntervalUnit> = { day: IntervalUnit.Day, week: IntervalUnit.Week, month: IntervalUnit.Month, year: IntervalUnit.Year };

/**
 * PayPal's plan for the price, made when it is first needed. The product carries our key of the price and what is charged, as the
 * tax of the place is in it, and has that one plan.
 */
export async function planFor(paypal: PayPal, plan: ManagedPlan): Promise<string> {
  const productId = await productFor(paypal, plan);
  const { plans = [] } = (await asking(() => paypal.subscriptions.listBillingPlans({ productId, pageSize: 20, prefer: 'return=minimal' }))).result;
  const known = plans.find(({ productId: of, status }) => (of === undefined || of === productId) && status === 'ACTIVE')?.id;
  return known ?? makePlan(paypal, productId, plan);
}

/** The longest id that PayPal takes for a product. */
const longestId = 50;

async function productFor(paypal: PayPal, { priceId, name, amountMinor }: ManagedPlan): Promise<string> {
  const amount = `-${amountMinor}`;
  const id = priceId.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, longestId - amount.length) + amount;
  try {
    await paypal.request({ method: 'POST', path: '/v1/catalogs/products', requestId: `${id}:product`, body: { id, name: name.slice(0, 127), type: 'SERVICE' } });
  } catch (error) {
    if (problemOf(error)?.issue !== 'DUPLICATE_RESOURCE_IDENTIFIER') throw asGatewayError(error);
  }
  return id;
}

async function makePlan(paypal: PayPal, productId: string, { name, amountMinor, currency, interval, intervalCount }: ManagedPlan): Promise<string> {
  const cycle: SubscriptionBillingCycle = {
    tenureType: TenureType.Regular,
    sequence: 1,
    // Until somebody ends it.
    totalCycles: 0,
    frequency: { intervalUnit: units[interval], intervalCount },
    pricingScheme: { fixedPrice: toPayPal(amountMinor, currency) },
  };
  const { result } = await asking(() =>
    paypal.subscriptions.createBillingPlan({
      paypalRequestId: `${productId}:plan`,
      body: { productId, name: name.slice(0, 127), status: PlanRequestStatus.Active, billingCycles: [cycle], paymentPreferences: { autoBillOutstanding: true, paymentFailureThreshold: 3 } },
    }),
  );
  return result.id ?? '';
}

const intervals: Record<IntervalUnit, ManagedPlan['interval']> = { [IntervalUnit.Day]: 'day', [IntervalUnit.Week]: 'week', [IntervalUnit.Month]: 'month', [IntervalUnit.Year]: 'year' };

/** The moment one period of the plan later, by the calendar. Pure. */
export function periodAfter(start: Date, { billingCycles = [] }: BillingPlan): Date {
  const frequency = billingCycles.find(({ tenureType }) => tenureType === TenureType.Regular)?.frequency;
  return billingPeriod(start, 'UTC', { interval: intervals[frequency?.intervalUnit ?? IntervalUnit.Month], intervalCount: frequency?.intervalCount ?? 1 }, 0).end;
}
