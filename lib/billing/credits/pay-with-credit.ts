import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { CreditParts } from '../ledger/bookings';
import { giveBack, partsByOrigin, type GrantPart } from './grant';
import { settleOverdrawn } from './settle-overdrawn';
import * as store from './store';

// The ledger learns of it with the invoice or credit note, which books the whole of what happened.

/** Takes from the grants what they pay of an invoice. Lock the account first. */
export async function takeCredit(transaction: Database, { accountId, clock }: Context, { invoiceId, currency, parts }: { invoiceId: string; currency: string; parts: readonly GrantPart[] }): Promise<void> {
  if (parts.length > 0) await store.moveGrants(transaction, { accountId, currency, kind: 'spent', invoiceId, occurredAt: clock.now(), parts });
}

/**
 * Gives credit back that paid an invoice, to the grants that it came from, the last spent first. What goes back to a grant
 * whose time is over runs out with it. Lock the account first. Returns it by where the credit came from.
 */
export async function returnCredit(
  transaction: Database,
  context: Context,
  { invoiceId, creditNoteId, currency, amountMinor }: { invoiceId: string; creditNoteId?: string; currency: string; amountMinor: bigint },
): Promise<CreditParts> {
  const { accountId, clock } = context;
  const parts = amountMinor > 0n ? giveBack(await store.readPaidBy(transaction, invoiceId), amountMinor) : [];
  if (parts.length > 0) {
    await store.moveGrants(transaction, { accountId, currency, kind: 'returned', invoiceId, ...(creditNoteId !== undefined && { creditNoteId }), occurredAt: clock.now(), parts });
    await settleOverdrawn(transaction, context, currency);
  }
  return partsByOrigin(parts);
}

/**
 * Takes back credit that the receipt sold. What is spent is taken back only where the money is gone already (`overdraw`): less
 * than nothing is left then, until other credit settles it. Else it throws `credit_exceeds_invoice`. Lock the account first.
 */
export async function takeBackSold(
  transaction: Database,
  context: Context,
  { invoiceId, creditNoteId, currency, amountMinor, overdraw }: { invoiceId: string; creditNoteId: string; currency: string; amountMinor: bigint; overdraw: boolean },
): Promise<void> {
  const { accountId, clock } = context;
  const grant = await store.readGrantSoldBy(transaction, invoiceId);
  const left = grant?.leftMinor ?? 0n;
  if (!grant || (amountMinor > left && !overdraw)) throw new DomainError('credit_exceeds_invoice', `Of the credit that this receipt is for, ${left} minor units are left. What is spent cannot be taken back.`);
  await store.moveGrants(transaction, { accountId, currency, kind: 'paid_back', invoiceId, creditNoteId, occurredAt: clock.now(), parts: [{ grant, amountMinor }] });
  if (amountMinor > left) await settleOverdrawn(transaction, context, currency);
}

/** What credit still pays of an invoice, in minor units: without what came back. */
export async function creditIn(db: Database, invoiceId: string): Promise<bigint> {
  return (await store.readPaidBy(db, invoiceId)).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
