import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { getAccount } from '../../accounts/get-account';
import { listPlans } from '../../catalog/list-plans';
import { chargeTermsOf } from '../../invoices/charge-terms';
import { totalsOf } from '../../invoices/totals';
import { findOffer } from '../../subscriptions/find-offer';
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
  if (price.amountMinor === 0n || price.setupFeeMinor || price.minimumMinor) {
    throw new DomainError('price_not_offered', 'A payment provider renews prices above zero that have neither a setup fee nor a minimum. Subscribe in the ordinary way.');
  }
  const now = context.clock.now();
  const { tax } = await chargeTermsOf(context, currency);
  return { priceId: price.id, priceMinor: totalsOf(planFee({ plan, price }, { start: now, end: now }), tax, currency).totalMinor };
}
