import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { isPaidIn } from '../quota/spend';
import { readCounters } from '../quota/store';
import { requireChangeable } from '../subscriptions/get-subscription';
import { readBillingTerms } from '../subscriptions/store';
import type { Subscription } from '../subscriptions/subscription';
import { billingPeriod, calendarDay, type Period } from '../time/period';
import type { Invoice } from './invoice';
import { issueInvoice } from './issue-invoice';
import { readChargedLines } from './charged/store';
import { unbilledLines } from './unbilled-lines';

/** The billing periods that have begun, newest first. */
function periodsOf(subscription: Subscription, timeZone: string): Period[] {
  const earlier = Array.from({ length: subscription.periodIndex }, (_, index) => billingPeriod(subscription.anchorAt, timeZone, subscription.price, index));
  return [...earlier, subscription.currentPeriod].reverse();
}

/** The period that begins on the day in the account's time zone. Throws `invalid_request`. */
function periodOn(day: string, subscription: Subscription, timeZone: string): Period {
  const periods = periodsOf(subscription, timeZone);
  const period = periods.find(({ start }) => calendarDay(start, timeZone) === day);
  if (period) return period;
  const days = periods.slice(0, 3).map(({ start }) => calendarDay(start, timeZone));
  throw new DomainError('invalid_request', undefined, {
    issues: [{ field: 'periodStart', message: `No billing period of the subscription begins on this day. The latest begin on ${days.join(', ')}.` }],
  });
}

/**
 * Issues an invoice for what a billing period of the running subscription costs and no invoice has charged yet: the fee
 * when it was never charged or its invoice was declared void, and usage past the limits that arrived after the period
 * was closed. A quota period that still runs is not charged, since its usage still moves.
 * `periodStart` is the first calendar day of the period in the account's time zone.
 * Throws `no_subscription`, `managed_by_gateway`, `invalid_request` for a day on which no period begins, `invoice_already_issued` when all of
 * it is charged, and `nothing_to_invoice` when the period costs nothing.
 */
export function generateInvoice(context: Context, { periodStart }: { periodStart: string }): Promise<Invoice> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireChangeable(context);
    const { timeZone } = await readBillingTerms(transaction, context.accountId);
    const period = periodOn(periodStart, subscription, timeZone);

    const counters = await readCounters(transaction, context.accountId, period);
    const paidFor = counters.filter((counter) => isPaidIn(counter, period));
    const earliest = Math.min(period.start.getTime(), ...paidFor.map((counter) => counter.period.start.getTime()));
    // Of what an earlier period was charged, only usage by the day or month may be of this one.
    const charged = (await readChargedLines(transaction, subscription.id, { start: new Date(earliest), end: period.end })).filter(
      (line) => line.kind === 'usage' || (line.period && line.period.start >= period.start),
    );
    const lines = unbilledLines({
      subscription,
      period,
      counters: paidFor,
      charged,
      now: context.clock.now(),
    });
    if (lines.length === 0) {
      throw new DomainError(charged.some((line) => line.invoiceStatus !== 'void') ? 'invoice_already_issued' : 'nothing_to_invoice');
    }
    return issueInvoice(transaction, context, {
      accountId: context.accountId,
      subscriptionId: subscription.id,
      reason: 'on_demand',
      currency: subscription.price.currency,
      period,
      lines,
    });
  });
}
