import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Invoice } from '../../invoices/invoice';
import { readInvoice, updateInvoice } from '../../invoices/store';
import { tellOfInvoice } from '../../invoices/tell-of-invoice';
import { auditView } from '../../subscriptions/audit-view';
import { readRevision } from '../../subscriptions/store';
import type { PlanChange } from '../change-plan/decide';
import { decideQuoted } from '../change-plan/decide-quoted';
import { movePlan } from '../change-plan/move-plan';
import { asRecord, type Quote } from '../quotes/quote';
import { markUsed, readHeldFor } from '../quotes/store';
import { dropHold } from './drop-hold';

/** Throws `preview_outdated` for the invoice of a change that can be carried out no longer, so that nobody pays for it. */
export async function assertStillHolds(transaction: Database, context: Context, invoice: Pick<Invoice, 'id'>): Promise<void> {
  const quote = await readHeldFor(transaction, invoice.id);
  if (!quote) return;
  const isLate = quote.heldUntil !== null && quote.heldUntil <= context.clock.now();
  if (isLate || !(await decideHeld(transaction, context, quote))) throw new DomainError('preview_outdated');
}

/**
 * Carries out the change that waited for the payment of the invoice, under the account's lock and in the transaction that
 * pays it. Where it no longer holds, since the subscription has changed meanwhile, the invoice is void instead and what was
 * paid is given back. Returns the invoice as it then is; every other one as it was.
 */
export async function carryOutHeld(transaction: Database, context: Context, invoice: Invoice): Promise<Invoice> {
  const quote = await readHeldFor(transaction, invoice.id);
  if (!quote) return invoice;
  const change = await decideHeld(transaction, context, quote);
  if (change) {
    const { id: subscriptionId } = await movePlan(transaction, context, change);
    if (!change.before) await updateInvoice(transaction, invoice.id, { subscriptionId });
    await markUsed(transaction, quote.id, { usedAt: context.clock.now(), invoiceId: invoice.id, creditNoteIds: [] });
  } else {
    await dropHold(transaction, context, quote);
  }
  const after = found(await readInvoice(transaction, context.accountId, invoice.id), 'invoice');
  if (change) await tellOfInvoice(transaction, context, { ...after, status: 'paid' });
  return after;
}

/** The change as it was quoted; null when it is no longer that. What it costs was fixed by its invoice. */
async function decideHeld(transaction: Database, context: Context, quote: Quote): Promise<PlanChange | null> {
  if ((await readRevision(transaction, quote.subscriptionId)) !== quote.revision) return null;
  try {
    const change = await decideQuoted(context, quote);
    const { after } = z.object({ after: z.unknown() }).parse(quote.decided);
    return isDeepStrictEqual(asRecord(auditView(change.after)), after) ? change : null;
  } catch (error) {
    if (error instanceof DomainError && error.status < 500) return null;
    throw error;
  }
}
