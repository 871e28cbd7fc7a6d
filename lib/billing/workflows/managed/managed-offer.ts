import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import type { Price } from '../../catalog/catalog';
import { listPlans } from '../../catalog/list-plans';
import { chargeTermsOf } from '../../invoices/charge-terms';
import { totalsOf } from '../../invoices/totals';
import { paymentGateways, takes } from '../../payments/configured-gateway';
import { findOffer } from '../../subscriptions/find-offer';
import { getSubscription } from '../../subscriptions/get-subscription';
import { isManaged, type Offer, type Subscription } from '../../subscriptions/subscription';
import type { IntervalUnit } from '../../time/period';
import { planFee } from '../plan-lines';

/** Which price of which plan a gateway is to renew. */
export interface WantedManaged {
  planKey: string;
  interval: IntervalUnit;
  intervalCount: number;
}

/**
 * The price that a gateway is to renew in the account's currency, and what each of its periods costs with the tax of today, in
 * minor units. Throws `unknown_plan`, and `price_not_offered` also for what costs nothing and for what has a setup fee or a
 * minimum, since a gateway charges the same each period.
 */
export async function managedOffer(context: Context, { planKey, interval, intervalCount }: WantedManaged): Promise<{ priceId: string; priceMinor: bigint }> {
  const { currency } = await getAccount(context);
  const { plan, price } = findOffer(await listPlans(context), currency, { plan: planKey, interval, intervalCount });
  if (!isTheSameEachPeriod(price)) {
    throw new DomainError('price_not_offered', 'A payment provider renews prices above zero that have neither a setup fee nor a minimum. Subscribe in the ordinary way.');
  }
  return { priceId: price.id, priceMinor: await costOfPeriod(context, { plan, price }) };
}

/** A price that the customer may have a gateway renew, for the account's first plan that costs something. */
export interface ManagedChoice extends WantedManaged {
  /** What each period costs with the tax of today, in minor units. */
  priceMinor: bigint;
  /** The gateways that would, by name and the preferred first. */
  gateways: string[];
}

/**
 * The prices that the customer may choose to have a gateway renew: of the plans that the seller sells so, by key, where a gateway
 * takes the currency, and as long as the account has no plan that costs something.
 */
export async function listManagedChoices(context: Context, soldSo: readonly string[]): Promise<ManagedChoice[]> {
  if (soldSo.length === 0 || !mayBegin(await getSubscription(context))) return [];
  const { currency } = await getAccount(context);
  const gateways = paymentGateways().filter((gateway) => gateway.managedSubscriptions && gateway.capabilities.checkout.includes('subscription') && takes(gateway, currency));
  if (gateways.length === 0) return [];
  const plans = (await listPlans(context)).filter(({ key }) => soldSo.includes(key));
  const offers = plans.flatMap((plan) => plan.prices.map((price) => ({ plan, price }))).filter(({ price }) => price.currency === currency && isTheSameEachPeriod(price));
  return Promise.all(
    offers.map(async (offer) => ({
      planKey: offer.plan.key, interval: offer.price.interval, intervalCount: offer.price.intervalCount,
      priceMinor: await costOfPeriod(context, offer), gateways: gateways.map(({ name }) => name),
    })),
  );
}

/** Refuses a price that the customer may not have a gateway renew. Throws `price_not_offered`. */
export async function assertMayChoose(context: Context, soldSo: readonly string[], { planKey, interval, intervalCount }: WantedManaged): Promise<void> {
  const isOffered = (choice: ManagedChoice): boolean => choice.planKey === planKey && choice.interval === interval && choice.intervalCount === intervalCount;
  if (!(await listManagedChoices(context, soldSo)).some(isOffered)) throw new DomainError('price_not_offered', 'A payment provider does not renew this price. Subscribe in the ordinary way.');
}

/** Whether a gateway may be had renew a plan of the account beside what runs now. */
export function mayBegin(running: Subscription | null): boolean {
  return running === null || (!isManaged(running) && running.price.amountMinor === 0n);
}

const isTheSameEachPeriod = ({ amountMinor, setupFeeMinor, minimumMinor }: Price): boolean => amountMinor > 0n && !setupFeeMinor && !minimumMinor;

async function costOfPeriod(context: Context, offer: Offer): Promise<bigint> {
  const { currency } = offer.price;
  const now = context.clock.now();
  const { tax } = await chargeTermsOf(context, currency);
  return totalsOf(planFee(offer, { start: now, end: now }), tax, currency).totalMinor;
}
