import { CaptureStatus, SubscriptionStatus, type BillingPlan, type Subscription, type SubscriptionTransactionDetails } from '@paypal/paypal-server-sdk';
import { GatewayRefusal, type ManagedSubscription, type ManagedSubscriptions } from '@/lib/billing/payments/gateway';
import { fromPayPal } from './amounts';
import type { PayPal } from './client';
import { asGatewayError, asking, problemOf } from './failures';
import { periodAfter } from './plans';
import { namesOn } from './subscription-pages';

/** Why we suspend, by which a subscription that ends with its period is told from one whose payments failed. */
const endsWithPeriod = 'Ends with the period that is paid for.';

/**
 * Subscriptions that PayPal renews and bills itself. PayPal ends one at once and for good, or suspends it: so one that is
 * to end with its period is suspended, which takes no money any more and can be undone. What it is charged to the buyer changes
 * at PayPal alone.
 */
export function managedSubscriptions(paypal: PayPal): ManagedSubscriptions {
  const read = async (reference: string): Promise<ManagedSubscription> => {
    const { result: subscription } = await asking(() => paypal.subscriptions.getSubscription({ id: reference }));
    const [plan, payments] = await Promise.all([readPlan(paypal, subscription), paidSo(paypal, subscription)]);
    return managedOf(subscription, plan, payments);
  };
  return {
    read,
    async cancelAtPeriodEnd({ reference, resume }) {
      try {
        if (resume) await paypal.subscriptions.activateSubscription({ id: reference, body: { reason: 'Goes on.' } });
        else await paypal.subscriptions.suspendSubscription({ id: reference, body: { reason: endsWithPeriod } });
      } catch (error) {
        // It is so already, or has ended: what it is then says which.
        if (problemOf(error)?.status !== 422) throw asGatewayError(error);
      }
      return read(reference);
    },
  };
}

async function readPlan(paypal: PayPal, { planId = '' }: Subscription): Promise<BillingPlan> {
  return (await asking(() => paypal.subscriptions.getBillingPlan(planId))).result;
}

/** What was paid, oldest first. */
async function paidSo(paypal: PayPal, { id = '', createTime, startTime }: Subscription): Promise<SubscriptionTransactionDetails[]> {
  const from = [createTime, startTime].filter((time) => time !== undefined).sort()[0] ?? '2000-01-01T00:00:00Z';
  const { transactions = [] } = (await asking(() => paypal.subscriptions.listSubscriptionTransactions({ id, startTime: from, endTime: tomorrow() }))).result;
  return transactions.filter(({ status }) => status && paid.includes(status)).sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
}

const paid: readonly CaptureStatus[] = [CaptureStatus.Completed, CaptureStatus.PartiallyRefunded, CaptureStatus.Refunded];
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

function stateOf({ status, billingInfo, statusChangeNote }: Subscription): ManagedSubscription['state'] {
  switch (status) {
    case SubscriptionStatus.Active:
      return (billingInfo?.failedPaymentsCount ?? 0) > 0 ? 'past_due' : 'active';
    case SubscriptionStatus.Suspended:
      if (statusChangeNote === endsWithPeriod) return 'active';
      return (billingInfo?.failedPaymentsCount ?? 0) > 0 ? 'past_due' : 'paused';
    case SubscriptionStatus.Cancelled:
    case SubscriptionStatus.Expired:
      return 'canceled';
    default:
      return 'incomplete';
  }
}

/** The subscription in the port's words, with what was paid for it, oldest first. Pure. */
export function managedOf(subscription: Subscription, plan: BillingPlan, payments: readonly SubscriptionTransactionDetails[]): ManagedSubscription {
  const { id, startTime, billingInfo, status, statusChangeNote } = subscription;
  const begun = payments.at(-1)?.time ?? startTime;
  if (!id || !begun) throw new GatewayRefusal('The subscription has not begun.', 'refused');
  const start = new Date(begun);
  const end = billingInfo?.nextBillingTime ? new Date(billingInfo.nextBillingTime) : periodAfter(start, plan);
  return {
    reference: id,
    subscriptionId: namesOn(subscription).subscriptionId,
    state: stateOf(subscription),
    period: { start, end },
    cancelAtPeriodEnd: status === SubscriptionStatus.Suspended && statusChangeNote === endsWithPeriod,
    paymentMethod: null,
    payments: payments.map(({ id: reference, time, amountWithBreakdown: { grossAmount } }, index) => ({
      reference, charge: reference, ...fromPayPal(grossAmount), paidAt: new Date(time), period: { start: new Date(time), end: index + 1 < payments.length ? new Date(payments[index + 1]!.time) : end },
    })),
  };
}
