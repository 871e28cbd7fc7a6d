import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import type { PaymentMethod } from '../../payments/attempt';
import type { GatewayMethod } from '../../payments/gateway/methods';
import { describedBy, methodView } from '../../payments/methods/payment-method';
import { insertPaymentMethod, isUnderCharge, markRemoved, readMethodByReference, readMethods } from '../../payments/methods/store';
import { readCustomerReference, readDefaultMethod } from '../../payments/store';
import { grantWelcomeCredit } from '../grant-welcome-credit';
import { chargeWaiting } from './charge-waiting';

/**
 * Keeps a method that the gateway stored for the account, under the account's lock. The first one is what invoices are
 * charged to, and so is one that takes the place of the default: the same card stored again. Null for one that belongs to
 * another customer of the gateway, or that was removed here before.
 */
export async function storeMethod(transaction: Database, context: Context, gateway: string, told: GatewayMethod): Promise<PaymentMethod | null> {
  const { accountId, clock } = context;
  const known = await readMethodByReference(transaction, gateway, told.reference);
  if (known) return known.accountId === accountId && !known.removedAt ? known : null;
  if (told.customer !== (await readCustomerReference(transaction, accountId, gateway))) {
    log('payments').error({ account: accountId, method: told.reference }, "a payment method of another customer of the gateway was not stored");
    return null;
  }
  const replaced = await replacedBy(transaction, accountId, gateway, told);
  const isDefault = replaced?.isDefault ?? (await readDefaultMethod(transaction, accountId)) === null;
  const method: PaymentMethod = { ...describedBy(told), id: newId('pm'), accountId, gateway, isDefault, createdAt: clock.now() };
  await insertPaymentMethod(transaction, method);
  await recordAudit(transaction, context, { action: 'payment_method.stored', subject: method.id, after: methodView(method) });
  if (replaced) {
    await markRemoved(transaction, replaced.id, clock.now());
    await recordAudit(transaction, context, { action: 'payment_method.replaced', subject: replaced.id, before: methodView(replaced), after: { by: method.id } });
  }
  await grantWelcomeCredit(transaction, context, method);
  if (isDefault) await chargeWaiting(transaction, context, method);
  return method;
}

/** The entry for the same card or bank account that the account has already, unless it is being charged. */
async function replacedBy(transaction: Database, accountId: string, gateway: string, { fingerprint, kind }: GatewayMethod): Promise<PaymentMethod | null> {
  if (fingerprint === null) return null;
  const same = (await readMethods(transaction, accountId)).find((method) => method.gateway === gateway && method.kind === kind && method.fingerprint === fingerprint);
  return same && !(await isUnderCharge(transaction, same.id)) ? same : null;
}
