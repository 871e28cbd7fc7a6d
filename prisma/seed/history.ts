import { raiseAlerts } from '@/lib/billing/alerts/raise-alerts';
import { recordPayment } from '@/lib/billing/invoices/record-payment';
import { requireSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { startOfDay, calendarDay } from '@/lib/billing/time/period';
import { recordUsage } from '@/lib/billing/usage/record-usage';
import { downgradeSubscription } from '@/lib/billing/workflows/change-plan/change-plan';
import { renewUntilCurrent } from '@/lib/billing/workflows/renew-subscription/renew-subscription';
import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { DemoCompany } from './companies';
import { usageOfDay, type DemoEvent } from './usage-pattern';

const day = 86_400_000;
const largestBatch = 1_000;

/** The calendar days of the company that touch the span, each by its first moment. */
function daysIn(from: Date, until: Date, timeZone: string): Date[] {
  const days: Date[] = [];
  for (let at = startOfDay(calendarDay(from, timeZone), timeZone); at < until; at = startOfDay(calendarDay(new Date(at.getTime() + 36 * 3_600_000), timeZone), timeZone)) {
    days.push(at);
  }
  return days;
}

async function record(context: Context, events: DemoEvent[]): Promise<void> {
  for (let index = 0; index < events.length; index += largestBatch) {
    const receipts = await recordUsage(context, events.slice(index, index + largestBatch));
    const refused = receipts.find((receipt) => receipt.status === 'refused');
    if (refused) throw new Error(`Demo usage was refused: ${JSON.stringify(refused)}`);
  }
}

/** Pays what has been open for two days, as a customer with good habits does. */
async function payOpenInvoices(context: Context): Promise<void> {
  const now = context.clock.now();
  const open = await database().invoice.findMany({ where: { accountId: context.accountId, status: 'open' }, orderBy: { createdAt: 'asc' } });
  for (const invoice of open) {
    const paidAt = new Date(invoice.createdAt.getTime() + 2 * day);
    if (paidAt <= now) await recordPayment(context, { invoiceId: invoice.id, paidAt });
  }
}

/**
 * Lives a company's life from `start`, at which it has subscribed, to `now`: uses, renews and pays, a week at a step,
 * with the very use cases that customers and jobs run. The newest invoice is left open.
 */
export async function liveThrough(company: DemoCompany, context: Context, clock: FixedClock, start: Date, now: Date): Promise<void> {
  const timeZone = company.profile.timeZone ?? 'UTC';
  for (let cursor = start; cursor < now; ) {
    const { currentPeriod, plan, periodIndex, pendingPrice } = await requireSubscription(context);
    if (plan.key !== company.planKey && periodIndex === 1 && !pendingPrice) await downgradeSubscription(context, { planKey: company.planKey });
    const next = new Date(Math.min(cursor.getTime() + 7 * day, currentPeriod.end.getTime(), now.getTime()));
    const events = daysIn(cursor, next, timeZone).flatMap((dayStart) => usageOfDay(company, start, dayStart, next, now));
    clock.set(next);
    await record(context, events.filter((event) => event.occurredAt >= cursor));
    await raiseAlerts(clock);
    if (next >= currentPeriod.end) {
      await payOpenInvoices(context);
      await renewUntilCurrent(context);
    }
    cursor = next;
  }
}
