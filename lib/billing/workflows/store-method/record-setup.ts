import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Setup } from '../../payments/gateway/methods';
import { withSetup, type PaymentSetup } from '../../payments/methods/setup';
import { readSetup, writeSetup } from '../../payments/methods/store';
import { storeMethod } from './store-method';

/**
 * Records what became of a setup: the one place where a gateway's word stores a payment method, be it the answer to our
 * question or told later. Said twice, late or out of order, it counts once. Throws `not_found`.
 */
export function recordSetup(context: Context, setupId: string, told: Setup): Promise<PaymentSetup> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readSetup(transaction, context.accountId, setupId), 'setup');
    const after = withSetup(before, told, context.clock.now());
    if (!after) return before;
    const method = after.status === 'succeeded' && told.method ? await storeMethod(transaction, context, before.gateway, told.method) : null;
    const recorded: PaymentSetup = { ...after, paymentMethodId: method?.id ?? null };
    await writeSetup(transaction, recorded);
    if (recorded.status !== before.status) {
      const { status, failureCode, paymentMethodId } = recorded;
      await recordAudit(transaction, context, { action: `payment_setup.${status}`, subject: setupId, before: { status: before.status }, after: { status, failureCode, paymentMethodId } });
    }
    return recorded;
  });
}
