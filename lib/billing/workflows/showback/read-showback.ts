import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { costOfCentres } from '../../cost-centres/cost-of-centres';
import { listCostCentres } from '../../cost-centres/list-cost-centres';
import { daysOfMonth, monthAfter, monthOf } from '../../cost-centres/months';
import { readIssuedTotal } from '../../invoices/list/store';
import { readBillingTerms } from '../../subscriptions/store';
import { rangeInTime } from '../../usage/day-range';
import { decideShowback, type Showback } from './showback';

/**
 * What each cost centre's usage cost in a calendar month of the account, against the month before, and its share of the
 * invoices issued in the month; the running month unless said. It is read from rollups.
 */
export async function readShowback(context: Context, asked?: string): Promise<Showback> {
  const { timeZone } = await readBillingTerms(database(), context.accountId);
  const month = asked ?? monthOf(context.clock.now(), timeZone);
  const days = daysOfMonth(month);
  const [{ currency, usage }, { usage: previousUsage }, centres] = await Promise.all([
    costOfCentres(context, days),
    costOfCentres(context, daysOfMonth(monthAfter(month, -1))),
    listCostCentres(context),
  ]);
  const bill = await readIssuedTotal(database(), context.accountId, currency, rangeInTime(days, timeZone));
  return decideShowback({ month, currency, centres, usage, previousUsage, bill });
}
