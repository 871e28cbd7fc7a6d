import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayNamed } from '../../payments/configured-gateway';
import { cancelSubscription, type Reasons } from '../../subscriptions/cancel-subscription';
import { getSubscription, requireSubscription } from '../../subscriptions/get-subscription';
import { readRevision, updateSubscription } from '../../subscriptions/store';
import { isManaged, type Subscription } from '../../subscriptions/subscription';
import { byGateway } from '../collect-payment/refresh-attempt';
import { resumeSubscription } from '../pause/pause';
import { managedAt } from './read-managed';
import { recordManaged } from './record-managed';

/** Whether a gateway renews the subscription that runs now. */
export async function isManagedNow(context: Context): Promise<boolean> {
  const running = await getSubscription(context);
  return running !== null && isManaged(running);
}

/**
 * Ends the subscription with its current period, whoever renews it. Throws what `cancelSubscription` throws, and of one that a
 * gateway renews `payments_unavailable`, `payment_provider_unavailable` and `payment_refused`.
 */
export async function cancelAtPeriodEnd(context: Context, reasons: Reasons = {}): Promise<Subscription> {
  return (await isManagedNow(context)) ? change(context, false, reasons) : cancelSubscription(context, reasons);
}

/** Undoes what waits for the period end or ends a pause, whoever renews the subscription. Throws what `resumeSubscription` throws, and the same. */
export async function resume(context: Context): Promise<Subscription> {
  return (await isManagedNow(context)) ? change(context, true, {}) : resumeSubscription(context);
}

/** What the gateway is asked for, and the key by which it is the same question however often it is asked. */
interface Intent {
  gateway: string;
  reference: string;
  idempotencyKey: string;
}

/** Writes the intent, has the gateway act on it, and records what it says. A gateway that gave no answer is asked again by the next try. */
async function change(context: Context, isResumed: boolean, reasons: Reasons): Promise<Subscription> {
  const { gateway: name, reference, idempotencyKey } = await writeIntent(context, isResumed, reasons);
  const askedAt = systemClock.now();
  const told = await askGateway(() => managedAt(gatewayNamed(name)).cancelAtPeriodEnd({ idempotencyKey, reference, resume: isResumed }));
  return found(await recordManaged(byGateway(context), name, { told, askedAt }), 'subscription');
}

function writeIntent(context: Context, isResumed: boolean, { cause, reason = '' }: Reasons): Promise<Intent> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const subscription = await requireSubscription(context);
    const { id, managedBy, managedReference } = subscription;
    if (managedReference === null) throw new DomainError('conflict');
    if (subscription.cancelAtPeriodEnd !== isResumed) {
      throw new DomainError('invalid_transition', isResumed ? 'Nothing is scheduled that could be undone.' : 'The cancellation is scheduled already.');
    }
    const said = { cancellationCause: cause ?? null, cancellationReason: reason };
    const isSaid = subscription.cancellationCause === said.cancellationCause && subscription.cancellationReason === reason;
    if (!isResumed && !isSaid) await updateSubscription(transaction, { ...subscription, ...said, updatedAt: context.clock.now() });
    const action = isResumed ? 'subscription.resumption_requested' : 'subscription.cancellation_requested';
    await recordAudit(transaction, context, { action, subject: id, after: { gateway: managedBy, ...(cause && { cause }), ...(reason && { reason }) } });
    const revision = await readRevision(transaction, id);
    return { gateway: managedBy, reference: managedReference, idempotencyKey: `${id}:${revision}:${isResumed ? 'resume' : 'cancel'}` };
  });
}
