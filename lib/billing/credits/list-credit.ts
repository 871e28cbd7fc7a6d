import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Page } from '@/lib/core/input';
import { getAccount } from '../accounts/get-account';
import { available, inSpendingOrder, isOver, type Grant } from './grant';
import type { Movement } from './movement';
import * as store from './store';

/** What an account can spend in one currency, in minor units. */
export interface CreditBalance {
  currency: string;
  availableMinor: bigint;
  /** What was spent before its payment was given back, and no other credit has settled yet. */
  owedMinor: bigint;
  /** What ends first, and when; null where nothing expires. */
  nextExpiry: { at: Date; amountMinor: bigint } | null;
  /** What can be spent, in the order in which it is. */
  grants: Grant[];
}

function balanceOf(currency: string, grants: readonly Grant[], overdrawn: readonly Grant[], now: Date): CreditBalance {
  const spendable = inSpendingOrder(grants.filter((grant) => grant.currency === currency && !isOver(grant, now)));
  const ends = spendable.flatMap(({ expiresAt }) => (expiresAt ? [expiresAt.getTime()] : []));
  const first = Math.min(...ends);
  const amountMinor = spendable.reduce((sum, grant) => (grant.expiresAt?.getTime() === first ? sum + grant.leftMinor : sum), 0n);
  const owedMinor = overdrawn.reduce((sum, grant) => (grant.currency === currency ? sum - grant.leftMinor : sum), 0n);
  return { currency, availableMinor: available(spendable, now), owedMinor, nextExpiry: ends.length > 0 ? { at: new Date(first), amountMinor } : null, grants: spendable };
}

/** The credit of the account that can be spent now: in its own currency first, then in others where there is any. */
export async function getCredit(context: Context): Promise<CreditBalance[]> {
  const now = context.clock.now();
  const { currency } = await getAccount(context);
  const grants = await store.readGrantsLeft(database(), context.accountId);
  const overdrawn = await store.readOverdrawn(database(), context.accountId);
  const others = [...new Set([...grants.filter((grant) => !isOver(grant, now)), ...overdrawn].map((grant) => grant.currency))].filter((one) => one !== currency).sort();
  return [currency, ...others].map((one) => balanceOf(one, grants, overdrawn, now));
}

/** One page of the account's grants, newest first: all, or those of which something is left. `page` counts from 1. */
export async function listGrants(context: Context, { onlyLeft, page, pageSize }: { onlyLeft: boolean; page: number; pageSize: number }): Promise<Page<Grant>> {
  const range = { skip: (page - 1) * pageSize, take: pageSize };
  return { ...(await store.readGrants(database(), { accountId: context.accountId, onlyLeft }, range)), page, pageSize };
}

/**
 * One page of what changed the account's credit in a currency (its own unless said), newest first, each with what was left
 * in all after it. `page` counts from 1.
 */
export async function listMovements(context: Context, { currency, page, pageSize }: { currency?: string | undefined; page: number; pageSize: number }): Promise<Page<Movement> & { currency: string }> {
  const chosen = currency ?? (await getAccount(context)).currency;
  const range = { skip: (page - 1) * pageSize, take: pageSize };
  return { ...(await store.readMovements(database(), { accountId: context.accountId, currency: chosen }, range)), currency: chosen, page, pageSize };
}
