import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { creditSettled } from '../ledger/bookings';
import { post } from '../ledger/post';
import { partsByOrigin, spend, type Grant, type GrantPart } from './grant';
import * as store from './store';

/** What of an amount each overdrawn grant is made up for, the oldest first. Pure. */
function madeUp(overdrawn: readonly Grant[], amountMinor: bigint): GrantPart[] {
  let open = amountMinor;
  return overdrawn.flatMap((grant) => {
    const part = open < -grant.leftMinor ? open : -grant.leftMinor;
    open -= part;
    return part > 0n ? [{ grant, amountMinor: part }] : [];
  });
}

/**
 * Settles credit that was spent before its payment was given back with credit that there is now, in the order of spending:
 * called wherever credit comes or comes back, so that none is spendable while some is owed. Lock the account first.
 */
export async function settleOverdrawn(transaction: Database, context: Context, currency: string): Promise<void> {
  const { accountId, clock } = context;
  const overdrawn = await store.readOverdrawn(transaction, accountId, currency);
  if (overdrawn.length === 0) return;
  const owedMinor = overdrawn.reduce((sum, { leftMinor }) => sum - leftMinor, 0n);
  const taken = spend(await store.readGrantsLeft(transaction, accountId, currency), owedMinor, clock.now());
  const amountMinor = taken.reduce((sum, part) => sum + part.amountMinor, 0n);
  if (amountMinor === 0n) return;
  const base = { accountId, currency, occurredAt: clock.now() };
  const movement = await store.moveGrants(transaction, { ...base, kind: 'settled', parts: taken });
  await store.moveGrants(transaction, { ...base, kind: 'made_up', parts: madeUp(overdrawn, amountMinor) });
  await post(transaction, context, creditSettled({ reference: `${accountId} ${movement}`, currency, promotionalMinor: partsByOrigin(taken).promotionalMinor }));
  await recordAudit(transaction, context, { action: 'credit.settled', subject: accountId, before: { owedMinor }, after: { owedMinor: owedMinor - amountMinor } });
}
