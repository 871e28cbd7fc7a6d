import { CaptureStatus, SubscriptionStatus, type BillingPlan, type Subscription, type SubscriptionTransactionDetails } from '@paypal/paypal-server-sdk';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { ManagedSubscription, ManagedSubscriptions } from '@/lib/billing/payments/gateway/subscriptions';
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
async function paidSo(paypal: PayPal, { id = '', createTime, startTime, billingInfo }: Subscription): Promise<SubscriptionTransactionDetails[]> {
  const last = billingInfo?.lastPayment?.time;
  if (!last) return [];
  const from = [createTime, startTime].filter((time) => time !== undefined).sort()[0] ?? '2000-01-01T00:00:00Z';
  const endTime = new Date(Date.parse(last) + day).toISOString();
  const { transactions = [] } = (await asking(() => paypal.subscriptions.listSubscriptionTransactions({ id, startTime: from, endTime }))).result;
  return transactions.filter(({ status }) => status && paid.includes(status)).sort((one, other) => Date.parse(one.time) - Date.parse(other.time));
}

const paid: readonly CaptureStatus[] = [CaptureStatus.Completed, CaptureStatus.PartiallyRefunded, CaptureStatus.Refunded];
const day = 86_400_000;

function stateOf({ status, billingInfo, statusChangeNote }: Subscription, { paymentPreferences }: BillingPlan): ManagedSubscription['state'] {
  const failures = billingInfo?.failedPaymentsCount ?? 0;
  const mostFailures = paymentPreferences?.paymentFailureThreshold ?? 0;
  switch (status) {
    case SubscriptionStatus.Active:
      return failures > 0 ? 'past_due' : 'active';
    case SubscriptionStatus.Suspended:
      if (statusChangeNote === endsWithPeriod) return 'active';
      // PayPal has given up charging it.
      if (mostFailures > 0 && failures >= mostFailures) return 'canceled';
      return failures > 0 ? 'past_due' : 'paused';
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
  // A period begins with its payment, or with the first time that it failed.
  const failed = (billingInfo?.failedPaymentsCount ?? 0) > 0 ? billingInfo?.lastFailedPayment?.time : undefined;
  const begun = [payments.at(-1)?.time, failed].filter((time) => time !== undefined).sort().at(-1) ?? startTime;
  if (!id || !begun) throw new GatewayRefusal('The subscription has not begun.', 'refused');
  const start = new Date(begun);
  const end = billingInfo?.nextBillingTime ? new Date(billingInfo.nextBillingTime) : periodAfter(start, plan);
  return {
    reference: id,
    subscriptionId: namesOn(subscription).subscriptionId,
    state: stateOf(subscription, plan),
    period: { start, end },
    cancelAtPeriodEnd: status === SubscriptionStatus.Suspended && statusChangeNote === endsWithPeriod,
    paymentMethod: null,
    payments: payments.map(({ id: reference, time, amountWithBreakdown: { grossAmount } }, index) => ({
      reference, charge: reference, ...fromPayPal(grossAmount), paidAt: new Date(time), period: { start: new Date(time), end: index + 1 < payments.length ? new Date(payments[index + 1]!.time) : time < begun ? start : end },
    })),
  };
}
