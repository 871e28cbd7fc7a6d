import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import type { GatewayMethod } from '../../payments/gateway/methods';
import { describedBy, methodView } from '../../payments/methods/payment-method';
import { markRemoved, readMethod, readMethods, updateMethod, writeDefault } from '../../payments/methods/store';

/**
 * Records what a gateway says of a stored method by now, such as the new expiry of a card that the bank replaced; null: it no
 * longer has it for the customer, so it is removed here too. Nothing happens to one that was removed.
 */
export function recordMethod(context: Context, methodId: string, told: GatewayMethod | null): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = await readMethod(transaction, context.accountId, methodId);
    if (!before) return;
    if (!told) {
      const now = context.clock.now();
      await markRemoved(transaction, methodId, now, now);
      await recordAudit(transaction, context, { action: 'payment_method.removed', subject: methodId, before: methodView(before) });
      const [next] = await readMethods(transaction, context.accountId);
      if (before.isDefault && next) await writeDefault(transaction, next);
      return;
    }
    const after = { ...before, ...describedBy(told) };
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    await updateMethod(transaction, after, after.expiryYear !== before.expiryYear || after.expiryMonth !== before.expiryMonth);
    await recordAudit(transaction, context, { action: 'payment_method.updated', subject: methodId, before: methodView(before), after: methodView(after) });
  });
}
