import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { disputeLost, disputeReopened, disputeWithdrawn, disputeWon, feeTaken } from '../../ledger/gateway-bookings';
import { post } from '../../ledger/post';
import type { Dispute } from '../../payments/disputes/dispute';

/** Books what a gateway holds back, takes and gives back for a dispute: the difference between what was known and what is. */
export async function bookDispute(transaction: Database, context: Context, before: Dispute, after: Dispute): Promise<void> {
  const { id, gateway, currency } = after;
  const takenMinor = after.withdrawnMinor + after.returnedMinor;
  const of = (amountMinor: bigint, reference = id) => ({ reference, gateway, currency, amountMinor });
  // What is held back may grow: each step is a cause of its own, named by what it came to.
  await post(transaction, context, disputeWithdrawn(of(takenMinor - before.withdrawnMinor - before.returnedMinor, `${id} ${takenMinor}`)));
  await post(transaction, context, disputeWon(of(after.returnedMinor - before.returnedMinor)));
  // Below zero where a fee is given back.
  await post(transaction, context, feeTaken(of(after.feeMinor - before.feeMinor, `${id} ${after.state} ${after.feeMinor}`)));
  if (after.loss && !before.loss) await post(transaction, context, disputeLost(of(after.withdrawnMinor)));
}

/** Books that an invoice is owed again whose payment was lost. */
export async function bookReopening(transaction: Database, context: Context, { id: reference, currency, withdrawnMinor: amountMinor }: Dispute): Promise<void> {
  await post(transaction, context, disputeReopened({ reference, currency, amountMinor }));
}
