import { z } from 'zod';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { isAsQuoted, type Outcome, type Quote } from '../quotes/quote';
import { applyPlanChange } from './change-plan';
import { decidePlanChange } from './decide';
import { loadPlanChange } from './load';
import { quotedOf, withTotals } from './preview';

const request = z.object({ planKey: z.string(), interval: z.enum(['day', 'week', 'month', 'year']), intervalCount: z.number().int() });

/** Changes the plan as the quote says: decided anew for the quote's moment, and refused unless it is the same to the last line. */
export function confirmPlanChange(context: Context, quote: Quote): Promise<Outcome> {
  return inTransaction(async (transaction) => {
    const change = decidePlanChange(await loadPlanChange(context, { ...request.parse(quote.request), prorationAt: quote.moment }));
    const preview = await withTotals(context, change);
    if (!isAsQuoted(quote, quotedOf(preview))) throw new DomainError('preview_outdated');
    const changed = await applyPlanChange(transaction, context, change);
    if ((changed.invoice?.totalMinor ?? 0n) !== preview.due.totalMinor) throw new DomainError('preview_outdated');
    return { ...changed, creditNotes: [] };
  });
}
