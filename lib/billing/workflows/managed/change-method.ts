import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayNamed } from '../../payments/configured-gateway';
import { methodView } from '../../payments/methods/payment-method';
import { readMethod } from '../../payments/methods/store';
import { requireSubscription } from '../../subscriptions/get-subscription';
import type { Subscription } from '../../subscriptions/subscription';
import { byGateway } from '../collect-payment/refresh-attempt';
import { managedAt } from './read-managed';
import { recordManaged } from './record-managed';

/**
 * Has the gateway that renews the subscription charge another stored method from now on, and at once what it could not charge to
 * the one before. Asked again it is the same, so a caller who heard no answer may. Throws `no_subscription`, `not_found`,
 * `invalid_transition` where the portal renews it or the method lies at another gateway, `payments_unavailable` where the gateway
 * changes it on its own pages alone, `payment_provider_unavailable` and `payment_refused`.
 */
export async function changeManagedMethod(context: Context, methodId: string): Promise<Subscription> {
  const { gateway: name, ...asked } = await writeIntent(context, methodId);
  const askedAt = systemClock.now();
  const { changeMethod } = managedAt(gatewayNamed(name));
  if (!changeMethod) throw new DomainError('payments_unavailable');
  // A key of its own each time: set again it is the same, and what was declined before is to be tried anew.
  const told = await askGateway(() => changeMethod({ ...asked, idempotencyKey: newId('req') }));
  return found(await recordManaged(byGateway(context), name, { told, askedAt }), 'subscription');
}

function writeIntent(context: Context, methodId: string): Promise<{ gateway: string; reference: string; paymentMethod: string }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const { id, managedBy: gateway, managedReference: reference } = await requireSubscription(context);
    const method = found(await readMethod(transaction, context.accountId, methodId), 'payment method');
    if (reference === null) throw new DomainError('invalid_transition', 'This subscription is charged to the default payment method.');
    if (method.gateway !== gateway) throw new DomainError('invalid_transition', 'Choose a payment method that is stored with the provider that renews the subscription.');
    await recordAudit(transaction, context, { action: 'subscription.method_change_requested', subject: id, after: { gateway, method: methodView(method) } });
    return { gateway, reference, paymentMethod: method.reference };
  });
}
