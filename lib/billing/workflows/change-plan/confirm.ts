import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { holdForPayment } from '../pay-first/hold';
import { paysFirst } from '../pay-first/pays-first';
import { isAsQuoted, type Confirmed, type Quote } from '../quotes/quote';
import { applyPlanChange } from './change-plan';
import { decideQuoted } from './decide-quoted';
import { quotedOf, withTotals } from './preview';

/**
 * Changes the plan as the quote says: decided anew for the quote's moment, and refused unless it is the same to the last
 * line. Where it has to be paid first, its invoice is issued and the plan changes when that is paid.
 */
export function confirmPlanChange(context: Context, quote: Quote): Promise<Confirmed> {
  return inTransaction(async (transaction) => {
    const change = await decideQuoted(context, quote);
    const preview = await withTotals(context, change);
    if (!isAsQuoted(quote, quotedOf(preview))) throw new DomainError('preview_outdated');
    const { invoice, before } = change;
    if (invoice && (await paysFirst(transaction, context, preview.due.totalMinor, invoice.currency))) return holdForPayment(transaction, context, quote, before, invoice);
    const changed = await applyPlanChange(transaction, context, change);
    if ((changed.invoice?.totalMinor ?? 0n) !== preview.due.totalMinor) throw new DomainError('preview_outdated');
    return { ...changed, creditNotes: [] };
  });
}
