import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { feeTaken } from '../../ledger/gateway-bookings';
import { post } from '../../ledger/post';
import type { OurMovement, ToldMovement } from './reconciliation';

/**
 * Books what a gateway took for payments and refunds of ours, each once. Only its movements tell: so it is booked when books
 * are compared. What a dispute costs the dispute itself tells.
 */
export async function bookFees(clock: Clock, gateway: string, ours: readonly OurMovement[], theirs: readonly ToldMovement[]): Promise<void> {
  for (const { kind, source, feeMinor, feeCurrency: currency } of theirs) {
    const owner = ours.find((movement) => movement.kind === kind && movement.source === source);
    if (!owner || feeMinor === 0n || (kind !== 'payment' && kind !== 'refund')) continue;
    const context: Context = { actor: { kind: 'system', id: 'reconciliation' }, accountId: owner.accountId, clock, requestId: newId('req') };
    await inTransaction(async (transaction) => {
      await lockAccount(transaction, owner.accountId);
      await post(transaction, context, feeTaken({ reference: `${owner.subject} ${kind}`, gateway, currency, amountMinor: feeMinor }));
    });
  }
}
