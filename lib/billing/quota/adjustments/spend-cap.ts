import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { readBillingTerms } from '../../subscriptions/store';
import type { Period } from '../../time/period';
import { costOf, pricedCounters } from '../spend';
import { termsWithUse } from '../terms';
import * as store from './store';

/** What usage past the limits costs in the running quota period, against the cap. Amounts are minor units. */
export interface SpendStanding {
  currency: string;
  /** The cap; null: there is none. */
  amountMinor: bigint | null;
  /** What the period's usage counts for so far, before tax: as it would be invoiced, or more where tiers or packages price it. */
  spentMinor: bigint;
  /** What open reservations and leases would add. */
  heldMinor: bigint;
  /** What is left of the cap; null without one. */
  remainingMinor: bigint | null;
  period: Period;
}

const atLeastZero = (value: bigint): bigint => (value < 0n ? 0n : value);

/** How the account stands against its spend cap, with or without one. */
export async function readSpend(context: Context): Promise<SpendStanding> {
  const { terms } = await termsWithUse(context, context.clock.now());
  const cap = await store.readSpendCap(database(), context.accountId);
  const { currency } = cap ?? (await readBillingTerms(database(), context.accountId));
  const counters = await pricedCounters(database(), context.accountId, terms.period);
  const cost = (used: (counter: (typeof counters)[number]) => bigint): bigint =>
    counters.reduce((sum, counter) => sum + costOf(counter, used(counter), currency), 0n);
  const spentMinor = cost(({ used }) => used);
  const heldMinor = cost(({ used, held }) => used + held) - spentMinor;
  return {
    currency,
    amountMinor: cap?.amountMinor ?? null,
    spentMinor,
    heldMinor,
    remainingMinor: cap && atLeastZero(cap.amountMinor - spentMinor - heldMinor),
    period: terms.period,
  };
}

/**
 * Caps what usage past the limits may cost in each quota period, in minor units of the account's currency, from now on. What
 * would pass it is refused; what was used already stays. Setting the same again changes nothing.
 */
export async function setSpendCap(context: Context, amountMinor: bigint): Promise<SpendStanding> {
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const { currency } = await readBillingTerms(transaction, context.accountId);
    const before = await store.readSpendCap(transaction, context.accountId);
    if (before?.amountMinor === amountMinor && before.currency === currency) return;
    const after = { amountMinor, currency };
    await store.writeSpendCap(transaction, context.accountId, after, context.clock.now());
    await recordAudit(transaction, context, { action: 'spend_cap.set', subject: context.accountId, before, after });
  });
  return readSpend(context);
}

/** Lets usage past the limits cost what it costs. Throws `not_found` without a cap. */
export async function clearSpendCap(context: Context): Promise<SpendStanding> {
  await inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await store.readSpendCap(transaction, context.accountId), 'spend cap');
    await store.deleteSpendCap(transaction, context.accountId);
    await recordAudit(transaction, context, { action: 'spend_cap.removed', subject: context.accountId, before });
  });
  return readSpend(context);
}
