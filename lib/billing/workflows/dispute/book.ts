import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { disputeLossUndone, disputeLost, disputeReopened, disputeSettled, disputeSurplus, disputeWithdrawn, disputeWon, feeTaken } from '../../ledger/gateway-bookings';
import { post } from '../../ledger/post';
import { lostOf, type Dispute } from '../../payments/disputes/dispute';

/** What this change of a dispute books, named by the change: a dispute may be lost, won and lost again. */
const causeOf = ({ id, revision }: Dispute): string => `${id} change ${revision}`;
const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** Books what a gateway holds back, takes and gives back for a dispute: the difference between what was known and what is. */
export async function bookDispute(transaction: Database, context: Context, before: Dispute, after: Dispute): Promise<void> {
  const { gateway, currency } = after;
  const of = (amountMinor: bigint) => ({ reference: causeOf(after), gateway, currency, amountMinor });
  const lostMinor = lostOf(after) - lostOf(before);
  await post(transaction, context, disputeWithdrawn(of(after.withdrawnMinor + after.returnedMinor - before.withdrawnMinor - before.returnedMinor)));
  await post(transaction, context, disputeLost(of(larger(lostMinor, 0n))));
  await post(transaction, context, disputeLossUndone(of(larger(-lostMinor, 0n))));
  await post(transaction, context, disputeWon(of(after.returnedMinor - before.returnedMinor)));
  // Below zero where a fee is given back.
  await post(transaction, context, feeTaken(of(after.feeMinor - before.feeMinor)));
}

/** Books that an invoice is owed again whose payment was lost. */
export async function bookReopening(transaction: Database, context: Context, dispute: Dispute): Promise<void> {
  await post(transaction, context, disputeReopened({ reference: causeOf(dispute), currency: dispute.currency, amountMinor: dispute.withdrawnMinor }));
}

/** Books what came back for an invoice that was owed again: what it settles, and what is the customer's. Minor units. */
export async function bookSettlement(
  transaction: Database,
  context: Context,
  dispute: Dispute,
  { settledMinor, surplusMinor, isGivenUp }: { settledMinor: bigint; surplusMinor: bigint; isGivenUp: boolean },
): Promise<void> {
  const base = { reference: causeOf(dispute), currency: dispute.currency };
  await post(transaction, context, disputeSettled({ ...base, amountMinor: settledMinor, isGivenUp }));
  await post(transaction, context, disputeSurplus({ ...base, amountMinor: surplusMinor }));
}
