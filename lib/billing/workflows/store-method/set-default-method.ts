import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { PaymentMethod } from '../../payments/attempt';
import { readMethod, writeDefault } from '../../payments/methods/store';
import { readDefaultMethod } from '../../payments/store';
import { chargeWaiting } from './charge-waiting';

/** Has invoices charged to that method from now on, and those that wait for one at once. Throws `not_found`. */
export function setDefaultMethod(context: Context, methodId: string): Promise<PaymentMethod> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const method = found(await readMethod(transaction, context.accountId, methodId), 'payment method');
    if (method.isDefault) return method;
    const before = await readDefaultMethod(transaction, context.accountId);
    await writeDefault(transaction, method);
    await recordAudit(transaction, context, { action: 'payment_method.made_default', subject: method.id, before: { default: before?.id ?? null }, after: { default: method.id } });
    const after = { ...method, isDefault: true };
    await chargeWaiting(transaction, context, after);
    return after;
  });
}
