import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Clock } from '@/lib/core/clock';
import { database, inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import type { PaymentMethod } from '../../payments/attempt';
import { gatewayNamed, paymentGateways } from '../../payments/configured-gateway';
import { methodView } from '../../payments/methods/payment-method';
import { isUnderCharge, markDetached, markRemoved, readMethod, readMethods, readToDetach, writeDefault } from '../../payments/methods/store';
import { readRunning } from '../../subscriptions/store';
import { readManagedMethod } from '../managed/store';

/**
 * Removes a payment method here at once, and at its gateway as soon as that answers. The newest of the others takes the
 * place of a default. Throws `not_found`, `payment_in_progress` while it is being charged, `payment_method_in_use` where a gateway
 * charges a subscription to it that it renews, and `last_payment_method` where a subscription that costs something is left
 * without one, unless that is confirmed.
 */
export async function removeMethod(context: Context, { methodId, confirmed }: { methodId: string; confirmed: boolean }): Promise<void> {
  const method = await removeHere(context, methodId, confirmed);
  await detach(context.clock, method);
}

function removeHere(context: Context, methodId: string, confirmed: boolean): Promise<PaymentMethod> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const method = found(await readMethod(transaction, context.accountId, methodId), 'payment method');
    if (await isUnderCharge(transaction, methodId)) throw new DomainError('payment_in_progress');
    if (await isRenewedBy(transaction, method)) throw new DomainError('payment_method_in_use');
    const [next] = (await readMethods(transaction, context.accountId)).filter(({ id }) => id !== methodId);
    if (!next && !confirmed && (await isCharged(transaction, context.accountId))) throw new DomainError('last_payment_method');
    await markRemoved(transaction, methodId, context.clock.now());
    await recordAudit(transaction, context, { action: 'payment_method.removed', subject: methodId, before: methodView(method) });
    if (method.isDefault && next) {
      await writeDefault(transaction, next);
      await recordAudit(transaction, context, { action: 'payment_method.made_default', subject: next.id, before: { default: methodId }, after: { default: next.id } });
    }
    return method;
  });
}

/** Whether a subscription runs that costs something in each period. */
async function isCharged(transaction: Database, accountId: string): Promise<boolean> {
  const subscription = await readRunning(transaction, accountId);
  return subscription !== null && (subscription.price.amountMinor > 0n || subscription.items.length > 0);
}

/** Whether its gateway goes on charging a subscription to it. */
async function isRenewedBy(transaction: Database, { accountId, gateway, reference }: PaymentMethod): Promise<boolean> {
  const subscription = await readRunning(transaction, accountId);
  if (subscription?.managedBy !== gateway || subscription.cancelAtPeriodEnd) return false;
  return (await readManagedMethod(transaction, subscription.id)) === reference;
}

/** Whether the gateway has let go of it. One that does not answer is asked again by the job. */
async function detach(clock: Clock, { id, gateway, reference }: Pick<PaymentMethod, 'id' | 'gateway' | 'reference'>): Promise<boolean> {
  try {
    await gatewayNamed(gateway).removeMethod({ idempotencyKey: `${id}:remove`, reference });
    await markDetached(database(), id, clock.now());
    return true;
  } catch (error) {
    log('payments').warn({ err: error, method: id }, 'a removed payment method is still at its gateway; it is removed there later');
    return false;
  }
}

const together = 100;

/** Removes at their gateways what was removed here while those did not answer. */
export async function detachRemovedMethods(clock: Clock): Promise<{ detached: number; left: number }> {
  const gateways = paymentGateways().map(({ name }) => name);
  const outcomes = [];
  for (const method of await readToDetach(database(), gateways, together)) outcomes.push(await detach(clock, method));
  const detached = outcomes.filter(Boolean).length;
  return { detached, left: outcomes.length - detached };
}
