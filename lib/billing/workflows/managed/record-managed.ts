import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { getAccount } from '../../accounts/get-account';
import { readOffer } from '../../catalog/remembered-catalog';
import { readCheckoutOfSubscription } from '../../payments/checkout/store';
import { readManagedPayments } from '../../payments/store';
import { auditView } from '../../subscriptions/audit-view';
import { beginSubscription } from '../../subscriptions/create-subscription';
import { insertSubscription, readRunning, readSubscription } from '../../subscriptions/store';
import { isRunning, type Subscription } from '../../subscriptions/subscription';
import { giveWay } from '../cancel-now/cancel-now';
import { followGateway } from './follow-gateway';
import type { ToldManaged } from './read-managed';
import { recordManagedPayment } from './record-payment';
import { findManaged, takeTold } from './store';

/**
 * Records what a gateway says of a subscription that it renews: the one place where its word changes one of ours, be it the answer
 * to our question or told later. The first time it begins the subscription; each payment becomes one paid invoice; state and period
 * follow the gateway. Said twice, late or out of order, it counts once. Returns the subscription; null while it has none to begin:
 * its first payment has not gone through, or no page of ours began it. Throws `managed_by_gateway` where another subscription that
 * a gateway renews runs already.
 */
export function recordManaged(context: Context, gateway: string, { told, askedAt }: ToldManaged): Promise<Subscription | null> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const known = await findManaged(transaction, gateway, told.reference);
    const subscription = known ? await readSubscription(transaction, context.accountId, known.id) : await begin(transaction, context, gateway, told);
    if (!subscription) return null;

    const recorded = await readManagedPayments(transaction, gateway, told.payments.map(({ reference }) => reference));
    for (const [index, payment] of told.payments.entries()) {
      if (!recorded.has(payment.reference)) await recordManagedPayment(transaction, context, subscription, payment, index === 0);
    }
    const isNews = await takeTold(transaction, subscription.id, { askedAt, managedMethod: told.paymentMethod });
    return isNews && isRunning(subscription) ? followGateway(transaction, context, subscription, told) : subscription;
  });
}

/** Begins the subscription in the period of its first payment; what the account had until then ends. */
async function begin(transaction: Database, context: Context, gateway: string, { reference, subscriptionId, payments }: ToldManaged['told']): Promise<Subscription | null> {
  const { accountId } = context;
  const page = subscriptionId === null ? null : await readCheckoutOfSubscription(transaction, accountId, subscriptionId);
  const first = payments[0];
  if (!page?.subscriptionId || !page.priceId || page.gateway !== gateway || !first) return null;
  if (await readRunning(transaction, accountId)) await giveWay(context);

  const { timeZone } = await getAccount(context);
  const { start } = first.period;
  const now = context.clock.now();
  const begun = beginSubscription(accountId, await readOffer(transaction, page.priceId), timeZone, start);
  const subscription: Subscription = { ...begun, id: page.subscriptionId, currentPeriod: first.period, managedBy: gateway, managedReference: reference, createdAt: now, updatedAt: now };
  await insertSubscription(transaction, subscription);
  await recordAudit(transaction, context, { action: 'subscription.created', subject: subscription.id, after: auditView(subscription) });
  return subscription;
}
